// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/figures/report_writer.h"

#include <algorithm>
#include <span>

#include <QBuffer>
#include <QCryptographicHash>
#include <QXmlStreamWriter>

#include "core/base/error.h"
#include "core/io/atomic_file.h"
#include "ui/figures/figure_writer.h"
#include "ui/figures/png_writer.h"
#include "ui/figures/shown_text.h"

namespace ocellus {

namespace {

constexpr int photographQuality = 90;
constexpr double mapResolution = 150; // dots per inch, where print has 300

// Nothing that XML escapes, which HTML would take as it is: no <, no >, no & and no double quotation mark.
const QString style = QStringLiteral(R"(
:root { color-scheme: light dark; --line: #8888; --soft: #8882; --mark: #c8701a; }
body { font: 15px/1.5 system-ui, 'Liberation Sans', Arial, sans-serif; max-width: 62rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.6rem; } h2 { font-size: 1.25rem; margin-top: 2.5rem; border-top: 1px solid var(--line); padding-top: 1rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem; } dt { font-weight: 600; } dd { margin: 0; overflow-wrap: anywhere; }
.verdict { font-weight: 600; border-left: 4px solid var(--mark); padding-left: .8rem; }
.images { display: flex; flex-wrap: wrap; gap: 1rem; } .images figure { flex: 1 1 14rem; max-width: 20rem; }
figure { margin: 1rem 0; } figure img { max-width: 100%; height: auto; background: #fff; border: 1px solid var(--line); }
figcaption, caption { font-size: .87rem; text-align: left; padding: .3rem 0; overflow-wrap: anywhere; }
.table { overflow-x: auto; } table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: .15rem .7rem; text-align: right; border-bottom: 1px solid var(--soft); }
th:first-child, td:first-child { text-align: left; } .marked td { font-weight: 600; }
@media print { body { max-width: none; margin: 0; font-size: 10pt; } figure, table { break-inside: avoid; } h2 { break-after: avoid; } }
)");

/// Nothing is loaded and nothing runs: images lie within the page, and the one style is known by its hash.
QString contentSecurityPolicy()
{
    const QByteArray hash = QCryptographicHash::hash(style.toUtf8(), QCryptographicHash::Sha256).toBase64();
    return QStringLiteral(
               "default-src 'none'; img-src data:; style-src 'sha256-%1'; base-uri 'none'; form-action 'none'")
        .arg(QLatin1String(hash));
}

/// Writes one page.
class ReportPage {
public:
    explicit ReportPage(QByteArray* bytes) : m_xml(bytes) {}

    void write(const Report& report)
    {
        m_xml.writeDTD(QStringLiteral("<!DOCTYPE html>"));
        m_xml.writeStartElement(QStringLiteral("html"));
        m_xml.writeDefaultNamespace(QStringLiteral("http://www.w3.org/1999/xhtml"));
        m_xml.writeAttribute(QStringLiteral("lang"), QStringLiteral("en"));
        writeHead(report);
        m_xml.writeStartElement(QStringLiteral("body"));
        element("h1", report.title);
        writeFacts(report.facts);
        for (const ReportSection& section : report.sections)
            writeSection(section);
        m_xml.writeEndElement();
        m_xml.writeEndElement();
        m_xml.writeEndDocument();
    }

private:
    /// Never in the short form of an empty element, which HTML does not have.
    void element(const char* name, const QString& text, const QString& cssClass = {})
    {
        m_xml.writeStartElement(QLatin1String(name));
        if (!cssClass.isEmpty())
            m_xml.writeAttribute(QStringLiteral("class"), cssClass);
        m_xml.writeCharacters(shownText(text));
        m_xml.writeEndElement();
    }

    void writeHead(const Report& report)
    {
        m_xml.writeStartElement(QStringLiteral("head"));
        m_xml.writeEmptyElement(QStringLiteral("meta"));
        m_xml.writeAttribute(QStringLiteral("charset"), QStringLiteral("utf-8"));
        m_xml.writeEmptyElement(QStringLiteral("meta"));
        m_xml.writeAttribute(QStringLiteral("http-equiv"), QStringLiteral("Content-Security-Policy"));
        m_xml.writeAttribute(QStringLiteral("content"), contentSecurityPolicy());
        m_xml.writeEmptyElement(QStringLiteral("meta"));
        m_xml.writeAttribute(QStringLiteral("name"), QStringLiteral("viewport"));
        m_xml.writeAttribute(QStringLiteral("content"), QStringLiteral("width=device-width, initial-scale=1"));
        element("title", report.title);
        element("style", style);
        m_xml.writeEndElement();
    }

    void writeFacts(const ReportFacts& facts)
    {
        m_xml.writeStartElement(QStringLiteral("dl"));
        m_xml.writeCharacters({});
        for (const auto& [name, value] : facts) {
            element("dt", name);
            element("dd", value);
        }
        m_xml.writeEndElement();
    }

    void writeSection(const ReportSection& section)
    {
        m_xml.writeStartElement(QStringLiteral("section"));
        element("h2", section.title);
        if (!section.verdict.isEmpty())
            element("p", section.verdict, QStringLiteral("verdict"));
        for (const QString& paragraph : section.paragraphs)
            element("p", paragraph);
        if (!section.facts.empty())
            writeFacts(section.facts);
        if (!section.images.empty()) {
            m_xml.writeStartElement(QStringLiteral("div"));
            m_xml.writeAttribute(QStringLiteral("class"), QStringLiteral("images"));
            for (const ReportImage& image : section.images)
                writeImage(image);
            m_xml.writeEndElement();
        }
        for (const ReportImage& figure : section.figures)
            writeImage(figure);
        for (const ReportTable& table : section.tables)
            writeTable(table);
        m_xml.writeEndElement();
    }

    void writeImage(const ReportImage& image)
    {
        m_xml.writeStartElement(QStringLiteral("figure"));
        m_xml.writeEmptyElement(QStringLiteral("img"));
        m_xml.writeAttribute(QStringLiteral("src"),
                             QLatin1String("data:" + image.mediaType + ";base64," + image.bytes.toBase64()));
        m_xml.writeAttribute(QStringLiteral("alt"), shownText(image.caption));
        element("figcaption", image.caption);
        m_xml.writeEndElement();
    }

    void writeTable(const ReportTable& table)
    {
        m_xml.writeStartElement(QStringLiteral("div"));
        m_xml.writeAttribute(QStringLiteral("class"), QStringLiteral("table"));
        m_xml.writeStartElement(QStringLiteral("table"));
        element("caption", table.caption);
        m_xml.writeStartElement(QStringLiteral("thead"));
        writeRow("th", table.columns, table.columns.size(), false);
        m_xml.writeEndElement();
        m_xml.writeStartElement(QStringLiteral("tbody"));
        m_xml.writeCharacters({});
        for (std::size_t i = 0; i < table.rows.size(); ++i)
            writeRow("td", table.rows[i], table.columns.size(),
                     std::ranges::count(table.marked, static_cast<int>(i)) > 0);
        m_xml.writeEndElement();
        m_xml.writeEndElement();
        m_xml.writeEndElement();
    }

    void writeRow(const char* cell, const QStringList& cells, qsizetype columns, bool isMarked)
    {
        m_xml.writeStartElement(QStringLiteral("tr"));
        if (isMarked)
            m_xml.writeAttribute(QStringLiteral("class"), QStringLiteral("marked"));
        m_xml.writeCharacters({});
        for (qsizetype i = 0; i < columns; ++i)
            element(cell, cells.value(i));
        m_xml.writeEndElement();
    }

    QXmlStreamWriter m_xml;
};

} // namespace

ReportImage photograph(const QString& caption, const QImage& image)
{
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    if (!image.save(&buffer, "JPG", photographQuality))
        throw Error(ErrorCode::Internal, "report", "an image could not be encoded");
    return {caption, "image/jpeg", buffer.data()};
}

ReportImage drawing(const QString& caption, const QImage& image)
{
    return {caption, "image/png", pngBytes(image)};
}

ReportImage drawing(const QString& caption, const Figure& figure)
{
    return {caption, "image/svg+xml", svgBytes(figure, mapResolution)};
}

QByteArray htmlOf(const Report& report)
{
    QByteArray bytes;
    ReportPage(&bytes).write(report);
    return bytes;
}

void writeReport(const std::filesystem::path& path, const Report& report)
{
    const QByteArray bytes = htmlOf(report);
    writeFileAtomically(path, std::as_bytes(std::span(bytes.constData(), static_cast<std::size_t>(bytes.size()))));
}

} // namespace ocellus
