#!/usr/bin/env python3
"""Makes site/static/fonts from the npm package of the typeface.

Run it only to change the typeface or its characters; the results are committed.

    npm pack @fontsource-variable/hanken-grotesk@5.3.0 && tar -xf fontsource-variable-*.tgz
    pip install fonttools==4.68.0 brotli==1.2.1
    python3 site/fonts/subset.py package

It writes one file for Western European languages, which every page loads, and one for the rest of
Latin, which browsers load only for pages with such letters. File names contain a hash, so that
browsers can cache the files forever. Put the printed names into site/sass/_fonts.scss and
site/templates/base.html.
"""

import hashlib
import io
import os
import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

OUT = Path(__file__).parent.parent / "static" / "fonts"
WEIGHTS = (400, 600)
FEATURES = ["kern"]


def characters(*ranges: str) -> set[int]:
    """Returns the code points of ranges such as `0041-005A`."""
    found: set[int] = set()
    for code_range in ranges:
        first, _, last = code_range.partition("-")
        found.update(range(int(first, 16), int(last or first, 16) + 1))
    return found


# The same ranges as in site/sass/_fonts.scss.
LATIN = characters(
    "0020-007E", "00A0-00FF", "0131", "0152-0153", "2013-2014", "2018-201A", "201C-201E", "2022",
    "2026", "2039-203A", "20AC", "2122", "2212",
)
# Characters that the portal does not use.
RARE = set(map(ord, "¤¥¦ª¬\u00ad¯±²³´µ¶¸¹º¼½¾"))
LATIN_EXTENDED = characters(
    "0100-0130", "0132-0151", "0154-017E", "0218-021B", "1E80-1E85", "1E9E", "1EF2-1EF3",
)


def subset(source: Path, wanted: set[int]) -> tuple[bytes, set[int]]:
    """Returns a WOFF2 font with only the `wanted` code points, and those that it has."""
    font = TTFont(source, recalcTimestamp=False)
    options = Options()
    options.layout_features = FEATURES
    options.hinting = False
    options.notdef_outline = True
    options.glyph_names = False
    # Copyright, family, style, version, licence.
    options.name_IDs = [0, 1, 2, 5, 14]
    options.recalc_timestamp = False
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=wanted)
    subsetter.subset(font)
    # The instancer needs tables that were serialized and read again.
    written = io.BytesIO()
    font.save(written)
    written.seek(0)
    font = instantiateVariableFont(TTFont(written, recalcTimestamp=False), {"wght": WEIGHTS})
    result = io.BytesIO()
    font.flavor = "woff2"
    font.save(result)
    return result.getvalue(), set(font.getBestCmap())


def main() -> None:
    package = Path(sys.argv[1])
    OUT.mkdir(parents=True, exist_ok=True)
    for old in OUT.glob("*.woff2"):
        old.unlink()
    for name, wanted in (("latin", LATIN - RARE), ("latin-ext", LATIN_EXTENDED)):
        source = package / "files" / f"hanken-grotesk-{name}-wght-normal.woff2"
        data, had = subset(source, wanted)
        hash = hashlib.sha256(data).hexdigest()[:8]
        path = OUT / f"hanken-grotesk-{name}-{hash}.woff2"
        path.write_bytes(data)
        missing = " ".join(f"{code:04X}" for code in sorted(wanted - had))
        print(f"{path.name}: {len(data)} bytes, without {missing or 'nothing'}")
    (OUT / "OFL.txt").write_text((package / "LICENSE").read_text())


if __name__ == "__main__":
    # fontTools writes some tables in the iteration order of sets.
    if os.environ.get("PYTHONHASHSEED") != "0":
        os.execve(sys.executable, [sys.executable, *sys.argv], {**os.environ, "PYTHONHASHSEED": "0"})
    main()
