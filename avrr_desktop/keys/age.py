"""Closing content for other people, in the age format: recipients' public keys only, never a passphrase."""

import pyrage

_ARMOUR = b"-----BEGIN AGE ENCRYPTED FILE-----"


def valid_recipient(recipient: str) -> bool:
    """Return whether a text is the public key of an age recipient (``age1…``)."""
    try:
        pyrage.x25519.Recipient.from_str(recipient.strip())
    except (pyrage.RecipientError, ValueError):
        return False
    return True


def closed_for(content: bytes, recipient: str) -> bytes:
    """Return content that only the holder of the private half opens. The sender is not told by it."""
    return bytes(pyrage.encrypt(content, [pyrage.x25519.Recipient.from_str(recipient.strip())]))


def opened_by(content: bytes, identity: str) -> bytes:
    """Return what was closed for an identity (``AGE-SECRET-KEY-1…``); empty when it is another’s or was altered.

    Text in its armour may have come through a mail program: blank lines or a mark before it are no alteration.
    """
    start = content.removeprefix(b"\xef\xbb\xbf").lstrip()
    content = start if start.startswith(_ARMOUR) else content
    try:
        return bytes(pyrage.decrypt(content, [pyrage.x25519.Identity.from_str(identity.strip())]))
    except (pyrage.DecryptError, pyrage.IdentityError, ValueError):
        return b""
