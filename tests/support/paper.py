"""A PDF that a page hands over, as somebody with the paper in hand reads it."""

import io
import re

from flask.testing import FlaskClient
from pypdf import PdfReader


def printed(client: FlaskClient, address: str) -> PdfReader:
    answer = client.post(address)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/pdf"
    return PdfReader(io.BytesIO(answer.data))


def words(paper: PdfReader) -> str:
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in paper.pages))
