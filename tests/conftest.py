"""What must stand before Qt is loaded: no screen, and only the fonts that the program ships."""

import os
from pathlib import Path

_FONTS = Path(__file__).resolve().parents[1] / "resources" / "fonts" / "fonts.conf"

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["QT_SCALE_FACTOR"] = "1"
os.environ["FONTCONFIG_FILE"] = str(_FONTS)
