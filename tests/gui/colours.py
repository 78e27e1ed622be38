"""Colour arithmetic for the tests: WCAG contrast, colour-blind sight, distance.

Contrast: WCAG 2.2, 1.4.3. Sight: Machado, Oliveira, Fernandes 2009, severity 1.0, in linear RGB.
Distance: CIEDE2000 (Sharma, Wu, Dalal 2005) under D65.
"""

from math import atan2, cos, degrees, exp, hypot, radians, sin, sqrt

_MATRICES = {
    "protan": (0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998),
    "deutan": (0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881),
    "tritan": (1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.303900),
}
SIGHTS = ("normal", *_MATRICES)
Linear = tuple[float, float, float]


def linear(color: str) -> Linear:
    channels = [int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return red, green, blue


def contrast(one: str, two: str) -> float:
    light, dark = sorted((_luminance(linear(one)), _luminance(linear(two))), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def over(color: str, ground: str, alpha: float) -> str:
    mixed = [
        round(int(color[at : at + 2], 16) * alpha + int(ground[at : at + 2], 16) * (1 - alpha))
        for at in (1, 3, 5)
    ]
    return "#{:02X}{:02X}{:02X}".format(*mixed)


def seen(color: str, sight: str) -> Linear:
    rgb = linear(color)
    if sight == "normal":
        return rgb
    m = _MATRICES[sight]
    red, green, blue = (
        min(max(sum(m[line * 3 + at] * rgb[at] for at in range(3)), 0.0), 1.0) for line in range(3)
    )
    return red, green, blue


def distance(one: Linear, two: Linear) -> float:
    l1, a1, b1 = _lab(one)
    l2, a2, b2 = _lab(two)
    mean_c = (hypot(a1, b1) + hypot(a2, b2)) / 2
    g = 0.5 * (1 - sqrt(mean_c**7 / (mean_c**7 + 25**7)))
    c1, h1 = _polar(a1 * (1 + g), b1)
    c2, h2 = _polar(a2 * (1 + g), b2)
    turn = 0.0 if c1 * c2 == 0 else (h2 - h1 + 180) % 360 - 180
    dl, dc, dh = l2 - l1, c2 - c1, 2 * sqrt(c1 * c2) * sin(radians(turn / 2))
    ml, mc = (l1 + l2) / 2, (c1 + c2) / 2
    mh = h1 + h2 if c1 * c2 == 0 else (h1 + turn / 2) % 360
    t = (
        1
        - 0.17 * cos(radians(mh - 30))
        + 0.24 * cos(radians(2 * mh))
        + 0.32 * cos(radians(3 * mh + 6))
        - 0.20 * cos(radians(4 * mh - 63))
    )
    sl = 1 + 0.015 * (ml - 50) ** 2 / sqrt(20 + (ml - 50) ** 2)
    sc, sh = 1 + 0.045 * mc, 1 + 0.015 * mc * t
    twist = -sin(radians(60 * exp(-(((mh - 275) / 25) ** 2)))) * 2 * sqrt(mc**7 / (mc**7 + 25**7))
    return sqrt((dl / sl) ** 2 + (dc / sc) ** 2 + (dh / sh) ** 2 + twist * (dc / sc) * (dh / sh))


def _luminance(rgb: Linear) -> float:
    return 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2]


def _lab(rgb: Linear) -> tuple[float, float, float]:
    red, green, blue = rgb
    x = (0.4124564 * red + 0.3575761 * green + 0.1804375 * blue) / 0.95047
    y = 0.2126729 * red + 0.7151522 * green + 0.0721750 * blue
    z = (0.0193339 * red + 0.1191920 * green + 0.9503041 * blue) / 1.08883
    fx, fy, fz = (v ** (1 / 3) if v > 216 / 24389 else (24389 / 27 * v + 16) / 116 for v in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def _polar(a: float, b: float) -> tuple[float, float]:
    return hypot(a, b), degrees(atan2(b, a)) % 360
