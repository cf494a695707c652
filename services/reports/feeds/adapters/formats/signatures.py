"""XML signatures (XML-DSig, enveloped) of single elements."""

import hashlib
from copy import deepcopy
from datetime import datetime
from typing import Any, Final

from cryptography.exceptions import InvalidSignature as WrongSignature
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_public_key
from lxml import etree
from signxml.exceptions import SignXMLException
from signxml.verifier import SignatureConfiguration, XMLVerifier

SIGNATURE: Final = "{http://www.w3.org/2000/09/xmldsig#}Signature"
BROKEN: Final = "does not verify"
_CERTIFICATE: Final = "{*}KeyInfo/{*}X509Data/{*}X509Certificate"


def verify_signature(element: Any, at: datetime | None) -> str | None:
    """None where there is no signature; "does not verify"; or that it verifies, and the SHA-256 of the key it was made with.

    The key comes with the message: a signature says that nobody changed it, not who wrote it; a certificate must have been
    valid `at` the time of the message. SHA-1 proves nothing any more and does not verify.
    """
    signature = element.find(SIGNATURE)
    if signature is None:
        return None
    # A copy is a document of its own: what the signature speaks of can only be this element.
    alone = deepcopy(element)
    alone.tail = None
    try:
        expected = SignatureConfiguration(require_x509=False, location="./", verification_time=at)
        certificate = signature.findtext(_CERTIFICATE)
        result: Any = XMLVerifier().verify(etree.tostring(alone), expect_config=expected, x509_cert=certificate)
    except (SignXMLException, WrongSignature, etree.LxmlError, ValueError, TypeError, KeyError):
        return BROKEN
    if result.signed_xml is None or result.signed_xml.tag != element.tag:
        return BROKEN
    return f"verifies, with the key {_fingerprint(result)}"


def _fingerprint(result: Any) -> str:
    """SHA-256 of the public key (SubjectPublicKeyInfo), first 32 hexadecimal digits: what a person compares."""
    public = load_pem_public_key(result.signature_key)
    return hashlib.sha256(public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).hexdigest()[:32]
