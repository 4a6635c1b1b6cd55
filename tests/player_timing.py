"""How long a move takes in the web edition: from the reader's key to the picture on the screen."""

LISTEN = """() => {
    if (window.moveTimes) return;
    window.moveTimes = [];
    let began = null;
    addEventListener('input', event => { began ??= event.timeStamp; }, true);
    const draw = CanvasRenderingContext2D.prototype.drawImage;
    CanvasRenderingContext2D.prototype.drawImage = function (...all) {
        draw.apply(this, all);
        if (began === null) return;
        const from = began, drawn = performance.now();
        began = null;
        requestAnimationFrame(() => {  // the frame that shows it; the first task after it comes when it has been painted
            const after = new MessageChannel();
            after.port1.onmessage = () => moveTimes.push([performance.now() - from, drawn - from]);
            after.port2.postMessage(null);
        });
    };
}"""


def move_times(page, slider, keys, pause=30):
    """[(ms from the input event to painted, ms to drawn on the canvas)] while these keys are pressed on a slider.

    Each key must change the slider's value. The next one comes `pause` ms after the picture of the one before.
    """
    page.evaluate(LISTEN)
    page.evaluate("moveTimes.length = 0")
    slider.focus()
    page.wait_for_timeout(300)  # as long as a hand needs from here to the first move
    for count, key in enumerate(keys, start=1):
        page.keyboard.press(key)
        page.wait_for_function("count => moveTimes.length >= count", arg=count, polling=5)
        page.wait_for_timeout(pause)
    return page.evaluate("moveTimes")


def drag_times(page, slider, there_and_back=2, steps=60):
    """The same while a mouse drags a slider from end to end, without a pause."""
    page.evaluate(LISTEN)
    box = slider.bounding_box()
    left, right, y = box["x"] + 12, box["x"] + box["width"] - 12, box["y"] + box["height"] / 2
    page.mouse.move(left, y)
    page.mouse.down()
    page.wait_for_timeout(300)
    page.evaluate("moveTimes.length = 0")
    for turn in range(2 * there_and_back):
        page.mouse.move(*((right, y) if turn % 2 == 0 else (left, y)), steps=steps)
    page.mouse.up()
    page.wait_for_timeout(200)
    return page.evaluate("moveTimes")


def percentile(times, percent):
    """The time (of those to painted) that so many percent of the moves don't exceed."""
    ordered = sorted(painted for painted, _ in times)
    return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)]
