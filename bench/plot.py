"""A plot of times against sizes as SVG, on two logarithmic scales, written by hand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from math import ceil, floor, log10

#: (number of contacts, seconds), by size.
Points = Sequence[tuple[int, float]]

_WIDTH, _HEIGHT = 760, 460
_LEFT, _RIGHT, _TOP, _BOTTOM = 70, 190, 30, 50
_COLOURS = (
    *("#4e79a7", "#f28e2b", "#59a14f", "#e15759", "#b07aa1", "#76b7b2", "#9c755f", "#edc948"),
    *("#ff9da7", "#79706e"),
)
#: Labels at the right are at least so far apart.
_LINE_HEIGHT = 15


def plot(lines: Mapping[str, Points], title: str) -> str:
    """A line for each of *lines*, labelled at its end; those without points are left out."""
    drawn = {name: points for name, points in lines.items() if points}
    sizes = [size for points in drawn.values() for size, _ in points] or [1, 10]
    times = [time for points in drawn.values() for _, time in points] or [0.1, 1]
    frame = _Frame(sizes, times)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" '
        f'font-family="sans-serif" font-size="12" role="img">',
        f"<title>{escape(title)}</title>",
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#ffffff"/>',
        *frame.grid(),
        *_curves(drawn, frame),
        f'<text x="{(_LEFT + _WIDTH - _RIGHT) / 2}" y="{_HEIGHT - 12}" text-anchor="middle" '
        'fill="#333333">contacts in the book</text>',
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


class _Frame:
    """The scales: powers of ten around what is to be shown."""

    def __init__(self, sizes: Sequence[int], times: Sequence[float]) -> None:
        self._sizes = _decades(sizes)
        self._times = _decades(times)

    def x(self, size: float) -> float:
        return _LEFT + self._share(size, self._sizes) * (_WIDTH - _LEFT - _RIGHT)

    def y(self, time: float) -> float:
        return _HEIGHT - _BOTTOM - self._share(time, self._times) * (_HEIGHT - _TOP - _BOTTOM)

    def grid(self) -> Iterator[str]:
        """Lines and labels at the powers of ten."""
        right, bottom = _WIDTH - _RIGHT, _HEIGHT - _BOTTOM
        for power in range(self._times[0], self._times[1] + 1):
            y = self.y(10.0**power)
            yield f'<path d="M{_LEFT} {y:.1f}H{right}" stroke="#dddddd"/>'
            label = f"{10**power:,} s" if power >= 0 else f"{10 ** (power + 3)} ms"
            yield _text(_LEFT - 8, y + 4, label, "#333333", "end")
        for power in range(self._sizes[0], self._sizes[1] + 1):
            x = self.x(10.0**power)
            yield f'<path d="M{x:.1f} {_TOP}V{bottom}" stroke="#dddddd"/>'
            yield _text(x, bottom + 18, f"{10**power:,}", "#333333", "middle")

    @staticmethod
    def _share(value: float, scale: tuple[int, int]) -> float:
        return (log10(value) - scale[0]) / (scale[1] - scale[0])


def _decades(values: Sequence[float]) -> tuple[int, int]:
    least, most = floor(log10(min(values)) + 1e-9), ceil(log10(max(values)) - 1e-9)
    return least, max(most, least + 1)


def _curves(drawn: Mapping[str, Points], frame: _Frame) -> Iterator[str]:
    ends = _apart({name: frame.y(points[-1][1]) for name, points in drawn.items()})
    for number, (name, points) in enumerate(drawn.items()):
        colour = _COLOURS[number % len(_COLOURS)]
        places = [(frame.x(size), frame.y(time)) for size, time in points]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
        yield f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>'
        for x, y in places:
            yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>'
        x, y = places[-1]
        label = _WIDTH - _RIGHT + 14
        yield (
            f'<path d="M{x + 4:.1f} {y:.1f}L{label - 3} {ends[name]:.1f}" stroke="{colour}" '
            'stroke-opacity="0.5"/>'
        )
        yield _text(label, ends[name] + 4, name, "#333333", "start")


def _apart(heights: Mapping[str, float]) -> dict[str, float]:
    """The same heights, moved so that no two labels stand on each other."""
    placed: dict[str, float] = {}
    lowest = float("-inf")
    for name, height in sorted(heights.items(), key=lambda item: item[1]):
        lowest = placed[name] = max(height, lowest + _LINE_HEIGHT)
    over = max(0.0, lowest - (_HEIGHT - _BOTTOM))
    return {name: height - over for name, height in placed.items()}


def _text(x: float, y: float, text: str, colour: str, anchor: str) -> str:
    place = f'x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}"'
    return f"<text {place}>{escape(text)}</text>"
