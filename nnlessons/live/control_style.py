"""The lines of the controls in demos and questions: in JupyterLab's light and dark theme they have a contrast of 3 and more.

A gray that stands out from white and from black serves both themes, and so does the color of the text. The ring around what
has the keyboard is inside a button or a field, because the boxes around them cut off what is outside. A question's choices
are far enough apart for a finger.
"""

__all__ = ["CONTROL_STYLE"]
__dir__ = __all__.copy  # what Tab shows

CONTROL_STYLE = """<style>
.nnlib-demo { --jp-widgets-input-border-color: #767676; }
.nnlib-demo .noUi-target:not([disabled]) .noUi-connects, .nnlib-demo .ui-slider { background: #767676; border-color: #767676; }
.nnlib-demo .noUi-target:not([disabled]) .noUi-handle, .nnlib-demo .ui-slider-handle { border: 2px solid #767676 !important; }
.nnlib-demo .jupyter-button.widget-toggle-button.mod-active { box-shadow: inset 0 -5px currentColor; }
.nnlib-demo .widget-dropdown > select { appearance: auto; background-image: none !important; }
.nnlib-question .widget-radio-box { padding-left: 6px; --jp-widgets-radio-item-height: 24px; }
:is(.nnlib-demo, .nnlib-question) :is(button, input, select, [tabindex], [contenteditable]):focus-visible {
  outline: 3px solid currentColor !important; outline-offset: -3px; }
:is(.nnlib-demo, .nnlib-question) :is([type=checkbox], [type=radio], .noUi-handle, .ui-slider-handle):focus-visible {
  outline-offset: 0; }
</style>"""
