"""The database backend of the portal (base.py), and what its errors mean to an operator."""

from django.db import Error


def cannot_connect(error: Error) -> str:
    """Return one sentence for the operator."""
    return f"Không kết nối được cơ sở dữ liệu: {str(error).splitlines()[0]}"
