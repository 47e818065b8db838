"""A finished PDF closed with a password: AES-256, and nothing told about it from outside."""

from io import BytesIO


def with_password(content: bytes, password: str) -> bytes:
    """Return the same pages, which open only with the password; also what is written about them is closed."""
    import pikepdf

    out = BytesIO()
    with pikepdf.open(BytesIO(content)) as pdf:
        allowed = pikepdf.Permissions(extract=True, modify_other=False, modify_annotation=False, modify_form=False)
        pdf.save(out, encryption=pikepdf.Encryption(owner=password, user=password, R=6, allow=allowed, metadata=True))
    return out.getvalue()
