"""What PDF/UA-1 asks for beside the tags that the layout engine writes (ISO 14289-1)."""

from typing import Any

import pydyf
from lxml import etree

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_SCHEMAS = """<rdf:Description rdf:about="" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Indicates which part of ISO 14289 is followed</pdfaProperty:description>
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"""
"""PDF/A knows no properties of PDF/UA: they are described before they are used (ISO 19005-3)."""
_PART = """<rdf:Description rdf:about="" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>"""


def make_accessible(pdf: pydyf.PDF) -> None:
    """Say which way each header cell of a table looks, and that the file follows PDF/UA-1."""
    _give_headers_a_scope(pdf)
    _declare(pdf)


def _give_headers_a_scope(pdf: pydyf.PDF) -> None:
    elements = {each.reference: each for each in pdf.objects if isinstance(each, pydyf.Dictionary)}
    for cell in elements.values():
        if cell.get("S") == "/TH":
            group = elements[elements[cell["P"]]["P"]]
            cell["A"]["Scope"] = "/Column" if group["S"] == "/THead" else "/Row"


def _declare(pdf: pydyf.PDF) -> None:
    stream: Any = next(each for each in pdf.objects if each.reference == pdf.catalog["Metadata"])
    packet = b"".join(stream.stream)
    begins, ends = packet.index(b"<x:xmpmeta"), packet.index(b"</x:xmpmeta>") + len("</x:xmpmeta>")
    metadata = etree.fromstring(packet[begins:ends])
    (described,) = metadata.findall(f"{{{_RDF}}}RDF")
    described.extend(etree.fromstring(text) for text in (_SCHEMAS, _PART))
    stream.stream = [packet[:begins] + etree.tostring(metadata) + packet[ends:]]
