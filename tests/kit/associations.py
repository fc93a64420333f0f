"""DICOM associations as scapy writes them: what a sensor asks of an archive, and what it hears.

UIDs of odd length are filled up with a zero, as scapy does.
"""

from tests.kit.scapy_layers import contributed

pdu = contributed("dicom")

IMAGES, ECHO = "1.2.840.10008.5.1.4.1.1.1.3", "1.2.840.10008.1.1"
"""Abstract syntaxes: storage of images from inside the mouth, and "are you there?"."""
SOFTWARE, RELEASE = "1.2.276.0.7230010.3.0.3.6.7", "OFFIS_DCMTK_367"


def item(content: object) -> object:
    """An item, or a sub-item, of the type that its *content* has."""
    return pdu.DICOMVariableItem() / content


def context(number: int, syntax: str) -> object:
    """A presentation context that is proposed."""
    return pdu.build_presentation_context_rq(number, syntax, ["1.2.840.10008.1.2"])


def requested(
    syntaxes: list[str],
    *more: object,
    called: str = "ARCHIVE",
    calling: str = "SENSOR1",
    software: str = SOFTWARE,
) -> bytes:
    """An A-ASSOCIATE-RQ with a context for each of *syntaxes*, and *more* items behind them."""
    contexts = [context(2 * number + 1, syntax) for number, syntax in enumerate(syntaxes)]
    body = pdu.A_ASSOCIATE_RQ(
        called_ae_title=called,
        calling_ae_title=calling,
        variable_items=_items(contexts, more, software),
    )
    return bytes(pdu.DICOM() / body)


def accepted(
    results: list[int],
    *more: object,
    called: str = "ARCHIVE",
    calling: str = "SENSOR1",
    software: str = SOFTWARE,
) -> bytes:
    """An A-ASSOCIATE-AC with a context for each of *results* (0: accepted), and *more* items."""
    answers = [_answer(2 * number + 1, result) for number, result in enumerate(results)]
    body = pdu.A_ASSOCIATE_AC(
        called_ae_title=called,
        calling_ae_title=calling,
        variable_items=_items(answers, more, software),
    )
    return bytes(pdu.DICOM() / body)


def rejected(result: int = 1, source: int = 1, reason: int = 7) -> bytes:
    """An A-ASSOCIATE-RJ."""
    body = pdu.A_ASSOCIATE_RJ(result=result, source=source, reason_diag=reason)
    return bytes(pdu.DICOM() / body)


def data(name: bytes) -> bytes:
    """P-DATA that sends a data set with a patient's *name* (0010,0010)."""
    element = b"\x10\0\x10\0PN" + len(name).to_bytes(2, "little") + name
    values = [pdu.PresentationDataValueItem(data=element, is_last=1)]
    return bytes(pdu.DICOM() / pdu.P_DATA_TF(pdv_items=values))


def saying(name: bytes) -> list[object]:
    """Items that all say *name*, where none belongs."""
    return [
        pdu.DICOMVariableItem(item_type=0x10) / name,
        pdu.DICOMVariableItem(item_type=0x99) / name,
        item(pdu.DICOMAbstractSyntax(uid=name)),
        item(pdu.DICOMTransferSyntax(uid=name)),
        item(pdu.DICOMUserInformation(sub_items=_about_the_user(name))),
    ]


def _about_the_user(name: bytes) -> list[object]:
    word = b"secret of " + name
    identity = {"user_identity_type": 2, "primary_field": name, "secondary_field": word}
    return [
        item(pdu.DICOMUserIdentity(**identity)),
        item(pdu.DICOMUserIdentityResponse(server_response=name)),
        item(pdu.DICOMImplementationClassUID(uid=name)),
        item(pdu.DICOMSOPClassExtendedNegotiation(sop_class_uid=name)),
        item(pdu.DICOMSOPClassCommonExtendedNegotiation(service_class_uid=name)),
    ]


def _answer(number: int, result: int) -> object:
    transfer = item(pdu.DICOMTransferSyntax())
    body = pdu.DICOMPresentationContextAC(context_id=number, result=result, sub_items=[transfer])
    return item(body)


def _items(contexts: list[object], more: tuple[object, ...], software: str) -> list[object]:
    user = pdu.build_user_information(16_384, software, RELEASE)
    return [item(pdu.DICOMApplicationContext()), *contexts, *more, user]
