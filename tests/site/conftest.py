"""The web edition, made once for all tests here."""

import make_site
import pytest


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    out = tmp_path_factory.mktemp("site")
    make_site.write_site(out, moving=False)  # drawing all states takes minutes
    for picture in (out / "baked").rglob("*.webp"):
        picture.with_suffix(".js").touch()  # without any states, the page says that its picture stays still
    return out
