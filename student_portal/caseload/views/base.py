"""The blueprint of the therapist's pages."""

from flask import Blueprint

blueprint = Blueprint("caseload", __name__)
