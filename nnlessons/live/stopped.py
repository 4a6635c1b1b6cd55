"""What a demo or a question looks like once its kernel has stopped. The page's helper also takes its controls out of reach."""

__all__ = ["STYLE", "WORDS"]
__dir__ = __all__.copy  # what Tab shows

WORDS = {
    "stopped": "The kernel has stopped, so nothing here responds any more. "
    "To bring it back, choose Run → Run All Cells, or run the cells from the top.",
}
BOX = ":is(.nnlib-demo, .nnlib-question)"
STYLE = """<style>
BOX.jupyter-widgets-disconnected { overflow: hidden; }
BOX.jupyter-widgets-disconnected > * { opacity: 0.5; pointer-events: none; }
BOX .jupyter-widgets-disconnected::before { content: none; }
BOX.jupyter-widgets-disconnected::before {
  content: "STOPPED"; font: 15px/1.5 sans-serif; border-left: 4px solid #D55E00; padding-left: 8px; color: inherit; }
</style>""".replace("BOX", BOX).replace("STOPPED", WORDS["stopped"])
