"""The look: one palette in both places, and no reader left out by it."""

from __future__ import annotations

import itertools
import tomllib

import numpy as np
import pytest

from dashboard.theme import DARK, FAMILIES, LIGHT, Look, faded, ink_on, style_sheet, tints
from warehouse.settings import ROOT

CONFIG = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))

# Linear RGB as dichromats see it (Machado, Oliveira, Fernandes 2009, severity 1).
VISION = {
    "normal": np.eye(3),
    "protan": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deutan": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritan": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])


def linear(colour: str) -> np.ndarray:
    values = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)


def lab(rgb: np.ndarray) -> np.ndarray:
    xyz = TO_XYZ @ np.clip(rgb, 0, 1) / np.array([0.95047, 1, 1.08883])
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def contrast(a: str, b: str) -> float:
    low, high = sorted(float(linear(colour) @ TO_XYZ[1]) for colour in (a, b))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("look", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("vision", list(VISION))
def test_families_stay_apart_for_every_eye(look: Look, vision: str) -> None:
    seen = {name: lab(VISION[vision] @ linear(colour)) for name, colour in look.families.items()}
    nearest = min((float(np.linalg.norm(seen[a] - seen[b])), a, b) for a, b in itertools.combinations(look.families, 2))
    assert nearest[0] >= 20, nearest


@pytest.mark.parametrize("look", [LIGHT, DARK], ids=["light", "dark"])
def test_text_is_legible_on_its_ground(look: Look) -> None:
    assert contrast(look.text, look.paper) >= 7
    assert contrast(look.muted, look.paper) >= 4.5
    assert contrast(look.accent, look.paper) >= 4.5
    grounds = [step for colour in look.families.values() for step in tints(colour, 7, look.paper)]
    assert [colour for colour in grounds if contrast(ink_on(colour), colour) < 4.5] == []


@pytest.mark.parametrize("look", [LIGHT, DARK], ids=["light", "dark"])
def test_config_and_theme_agree(look: Look) -> None:
    theme = CONFIG["theme"][look.ground]
    assert theme["primaryColor"] == look.accent
    assert theme["backgroundColor"] == look.paper
    assert theme["textColor"] == look.text
    assert theme["borderColor"] == look.line
    assert theme["chartCategoricalColors"] == [look.families[name] for name in FAMILIES]


def test_readers_see_no_traceback() -> None:
    assert CONFIG["client"]["showErrorDetails"] == "none"


def test_style_sheet_cannot_end_its_element() -> None:
    assert all("<" not in style_sheet(look) for look in (LIGHT, DARK))


def test_colours_are_faded_and_stepped() -> None:
    assert faded("#0A5A75", 0.4) == "rgba(10,90,117,0.4)"
    assert tints("#000000", 3, "#FFFFFF") == ["#000000", "#575757", "#ADADAD"]
    assert tints("#0A5A75", 1, "#FFFFFF") == ["#0A5A75"]
