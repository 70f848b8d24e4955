// SPDX-License-Identifier: GPL-3.0-or-later
#include <QGuiApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QXmlStreamReader>
#include <QtTest>

#include "core/edit/mask_export.h"
#include "core/edit/mask_shapes.h"
#include "tests/figures/hostile_texts.h"
#include "tests/figures/synthetic_explanation.h"
#include "ui/figures/figure_writer.h"
#include "ui/figures/map_matrix.h"
#include "ui/figures/matrix_figure.h"
#include "ui/figures/report_sections.h"
#include "ui/figures/shown_text.h"

using namespace ocellus;

namespace {

/// Every text of a figure is the same.
Explanation sayingAll(const QString& text)
{
    Explanation explanation = test::syntheticExplanation();
    explanation.pictureName = explanation.className = explanation.modelName = explanation.limit = text;
    explanation.edits = explanation.intervention = text;
    explanation.notices = {text};
    for (int head = 0; head < explanation.heads(); ++head)
        explanation.headNotes += text;
    return explanation;
}

/// What well-formed XML consists of.
struct Document {
    QString error;
    QString title; ///< of the first element <title>
    QSet<QString> elements, attributes;
};

Document read(const QByteArray& bytes)
{
    Document document;
    QXmlStreamReader xml(bytes);
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement)
            continue;
        document.elements += xml.name().toString();
        for (const QXmlStreamAttribute& attribute : xml.attributes())
            document.attributes += attribute.name().toString();
        if (xml.name() == QStringLiteral("title") && document.title.isNull())
            document.title = xml.readElementText();
    }
    document.error = xml.hasError() ? xml.errorString() : QString();
    return document;
}

/// As XML readers give line breaks back.
QString withLineFeeds(QString text)
{
    return text.replace("\r\n", "\n").replace('\r', '\n');
}

} // namespace

/// Titles, class names, notes and file names come from other people's files.
class TestHostileText : public QObject {
    Q_OBJECT

private slots:
    void svg_data() { addRows(); }
    void svg();
    void matrixAsSvg_data() { addRows(); }
    void matrixAsSvg();
    void pdf_data() { addRows(); }
    void pdf();
    void html_data() { addRows(); }
    void html();
    void geoJson_data() { addRows(); }
    void geoJson();

private:
    static void addRows()
    {
        QTest::addColumn<QString>("text");
        test::addHostileTexts();
    }
};

void TestHostileText::svg()
{
    QFETCH(const QString, text);
    for (const FigureStyle style : {FigureStyle::Honest, FigureStyle::Paper}) {
        Figure figure = figureOf(sayingAll(text), style);
        const Document document = read(svgBytes(figure, 72));
        QCOMPARE(document.error, QString());
        QCOMPARE(document.title, withLineFeeds(shownText(text)));
        QVERIFY(!document.elements.contains("script") && !document.attributes.contains("onload"));
    }
}

void TestHostileText::matrixAsSvg()
{
    QFETCH(const QString, text);
    MatrixRow row = headRow(sayingAll(text), text);
    row.cells.front().caption = text;
    MapMatrix matrix = matrixOfHeads(text, {row});
    matrix.columns.fill(text);
    matrix.notes = {text};
    const Document document = read(svgBytes(figureOf(matrix), 72));
    QCOMPARE(document.error, QString());
    QVERIFY(!document.elements.contains("script"));
}

void TestHostileText::pdf()
{
    QFETCH(const QString, text);
    const QTemporaryDir folder;
    const QString path = folder.filePath("figure.pdf");
    writeFigure(path.toStdString(), figureOf(sayingAll(text), FigureStyle::Honest));
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray bytes = file.readAll();
    QVERIFY(bytes.startsWith("%PDF-") && bytes.trimmed().endsWith("%%EOF"));
    QVERIFY(!bytes.contains("/JavaScript (app"));
    QVERIFY(!bytes.contains("<script>"));
}

void TestHostileText::html()
{
    QFETCH(const QString, text);
    Report report{text, {{text, text}}, {sectionOf(sayingAll(text), {text, text, text, text, text})}};
    const QByteArray page = htmlOf(report);
    const Document document = read(page);
    QCOMPARE(document.error, QString());
    QCOMPARE(document.title, withLineFeeds(shownText(text)));
    QVERIFY(!document.elements.contains("script") && !document.attributes.contains("onload"));
    QVERIFY(page.contains("Content-Security-Policy") && page.contains("default-src 'none'"));
    const auto comesBefore = [&page](const char* first, const char* second) {
        return page.indexOf(first) >= 0 && page.indexOf(first) < page.indexOf(second);
    };
    QVERIFY(comesBefore("Content-Security-Policy", "<style") && comesBefore("Content-Security-Policy", "<title"));
}

void TestHostileText::geoJson()
{
    QFETCH(const QString, text);
    const NamedMask mask{text.toStdString(), rectangleMask({20, 10}, {2, 2, 5, 5})};
    const std::string json = maskGeoJson(std::vector{mask});
    QJsonParseError error{};
    const QJsonDocument document = QJsonDocument::fromJson(QByteArray::fromStdString(json), &error);
    QCOMPARE(error.error, QJsonParseError::NoError);
    const QJsonObject properties = document["features"][0]["properties"].toObject();
    QCOMPARE(properties["name"].toString(), QString::fromStdString(text.toStdString()));
}

QTEST_MAIN(TestHostileText)
#include "test_hostile_text.moc"
