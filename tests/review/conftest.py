"""The review page over a report with everything nasty, in process."""

from __future__ import annotations

import pytest
import sample
from browsing import HOME, TOKEN, Browser
from starlette.testclient import TestClient

from mtqc.review import app
from mtqc.review.store import Store


@pytest.fixture
def report():
    return sample.corpus()


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path / "review.sqlite")


@pytest.fixture
def application(report, store):
    return app.create(report, store, token=TOKEN, lang="en", editor="Anna")


@pytest.fixture
def anna(application):
    return Browser(application)


@pytest.fixture
def bruno(application):
    return Browser(application, editor="Bruno")


@pytest.fixture
def stranger(application):
    """A client without the cookie."""
    return TestClient(application, base_url=HOME, follow_redirects=False, raise_server_exceptions=False)
