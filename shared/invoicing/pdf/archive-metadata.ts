/**
 * Makes the file say that it holds to PDF/UA-1 (ISO 14289-1) beside PDF/A-3a (ISO 19005-3), which the document's option
 * `subset` says. An archive may not carry a schema that it does not describe: ISO 19005-3, 6.6.2.3.1.
 */
export function archiveMetadata(doc: PDFKit.PDFDocument): void {
  doc.appendXML(UNIVERSAL_ACCESS);
  const endMetadata = doc.endMetadata.bind(doc);
  // pdfkit 0.20.2 writes title and author into the XML as they are: `Berg & Co` makes it unreadable.
  doc.endMetadata = () => {
    for (const name of ['Title', 'Author'] as const) doc.info[name] = escaped(doc.info[name] ?? '');
    endMetadata();
  };
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

const UNIVERSAL_ACCESS = `
        <rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
            <pdfuaid:part>1</pdfuaid:part>
        </rdf:Description>
        <rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
          xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
            <pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
                <pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
                <pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
                <pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
                <pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
                    <pdfaProperty:name>part</pdfaProperty:name>
                    <pdfaProperty:valueType>Integer</pdfaProperty:valueType>
                    <pdfaProperty:category>internal</pdfaProperty:category>
                    <pdfaProperty:description>Part of ISO 14289 to which the file holds</pdfaProperty:description>
                </rdf:li></rdf:Seq></pdfaSchema:property>
            </rdf:li></rdf:Bag></pdfaExtension:schemas>
        </rdf:Description>`;
