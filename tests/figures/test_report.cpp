// SPDX-License-Identifier: GPL-3.0-or-later
#include <filesystem>

#include <QFile>
#include <QLocale>
#include <QTemporaryDir>
#include <QXmlStreamReader>
#include <QtTest>

#include "core/base/error.h"
#include "tests/figures/synthetic_explanation.h"
#include "ui/figures/report_sections.h"

using namespace ocellus;

namespace {

/// What a page holds: its elements by name, and all of its text.
struct Page {
    QMap<QString, int> elements;
    QStringList sources; ///< of images
    QString text;
    QString error;
};

Page read(const QByteArray& html)
{
    Page page;
    QXmlStreamReader xml(html);
    while (!xml.atEnd()) {
        xml.readNext();
        if (xml.isStartElement()) {
            ++page.elements[xml.name().toString()];
            if (xml.name() == QStringLiteral("img"))
                page.sources += xml.attributes().value("src").toString();
        } else if (xml.isCharacters()) {
            page.text += xml.text();
        }
    }
    page.error = xml.hasError() ? xml.errorString() : QString();
    return page;
}

EditComparison comparison(const QStringList& names)
{
    const Explanation before = test::syntheticExplanation();
    Explanation after = before;
    after.picture.fill(QColor(120, 110, 70));
    const Mask mask({500, 375}, {100, 100, 20, 10}, std::vector<std::uint8_t>(200, 255));
    return editComparison(before, after, {{"spot", mask, Blur{3}}}, mask, names);
}

const QStringList names{"A", "B", "C", "D", "E"};

} // namespace

/// Work as a page of its own.
class TestReport : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }
    void refusals();
    void hostileTextIsText_data();
    void hostileTextIsText();
    void emptyReport();
    void noElementIsShort();
    void needsNoOtherFile();
    void rowsHaveAllCells();
    void editedPicture();
    void pictureAsItIs();
};

void TestReport::refusals()
{
    QVERIFY_EXCEPTION_THROWN(sectionOf(EditComparison{}), Error);
    QVERIFY_EXCEPTION_THROWN(sectionOf(Explanation{}, {}), Error);
    const QTemporaryDir folder;
    const std::filesystem::path path = folder.filePath("none/report.html").toStdString();
    QVERIFY_EXCEPTION_THROWN(writeReport(path, {}), Error);
}

void TestReport::hostileTextIsText_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("shown");
    QTest::newRow("script") << "<script>alert(1)</script>"
                            << "<script>alert(1)</script>";
    QTest::newRow("end of everything") << "\"'></style></body></html>"
                                       << "\"'></style></body></html>";
    QTest::newRow("entity") << "&amp; &lt; &nbsp;"
                            << "&amp; &lt; &nbsp;";
    QTest::newRow("section") << "]]>"
                             << "]]>";
    QTest::newRow("control characters") << QString("qq\x01\x08\x1b") + QChar(0) + "zz"
                                        << "qqzz";
    QTest::newRow("half a letter") << QString("a") + QChar(0xd800) + "b" << QString("a") + QChar(0xfffd) + "b";
    QTest::newRow("no letter") << QString("qq") + QChar(0xffff) + "zz"
                               << "qqzz";
    QTest::newRow("two halves") << QString::fromUtf8("🦋") << QString::fromUtf8("🦋");
}

void TestReport::hostileTextIsText()
{
    QFETCH(QString, text);
    QFETCH(QString, shown);
    Report report{text, {{text, text}}, {}};
    report.sections.push_back({text, text, {text}, {{text, text}}, {}, {}, {{text, {text}, {{text}}, {0}}}});
    QImage image(2, 2, QImage::Format_RGB32);
    image.fill(Qt::red);
    report.sections.back().images.push_back(drawing(text, image));
    const Page page = read(htmlOf(report));
    QCOMPARE(page.error, QString());
    QCOMPARE(page.text.count(shown), 13);
    QCOMPARE(page.elements.value("script"), 0);
    QCOMPARE(page.elements.value("style"), 1);
}

void TestReport::emptyReport()
{
    const Page page = read(htmlOf({}));
    QCOMPARE(page.error, QString());
    QCOMPARE(page.elements.value("html"), 1);
    QCOMPARE(page.elements.value("section"), 0);
}

/// HTML takes "<p/>" for a paragraph that goes on.
void TestReport::noElementIsShort()
{
    Report report;
    report.sections.push_back({{}, {}, {QString()}, {}, {}, {}, {{{}, {QString(), QString()}, {QStringList()}, {}}}});
    QByteArray html = htmlOf(report);
    QVERIFY(html.contains("<td></td>"));
    for (const QByteArray empty : {"meta", "img"}) {
        for (qsizetype at = html.indexOf("<" + empty); at >= 0; at = html.indexOf("<" + empty))
            html.remove(at, html.indexOf("/>", at) + 2 - at);
    }
    QVERIFY2(!html.contains("/>"), html);
}

void TestReport::needsNoOtherFile()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath("report.html");
    Report report{"Spots", {{"Model", "intr.pth"}}, {sectionOf(comparison(names))}};
    writeReport(path.toStdString(), report);
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray html = file.readAll();
    const Page page = read(html);
    QCOMPARE(page.error, QString());
    QCOMPARE(page.sources.size(), 5); // before, after, difference, mask, and the figure of all heads
    for (const QString& source : page.sources)
        QVERIFY(source.startsWith("data:image/"));
    for (const char* outside : {"http:", "https:", "href", "url(", "@import", "<script"})
        QVERIFY2(!QByteArray(html).replace("http://www.w3.org/1999/xhtml", "").contains(outside), outside);
}

void TestReport::rowsHaveAllCells()
{
    Report report;
    report.sections.push_back({{}, {}, {}, {}, {}, {}, {{{}, {"a", "b", "c"}, {{"1"}, {"1", "2", "3", "4"}}, {}}}});
    const Page page = read(htmlOf(report));
    QCOMPARE(page.elements.value("th"), 3);
    QCOMPARE(page.elements.value("td"), 6);
}

void TestReport::editedPicture()
{
    const ReportSection section = sectionOf(comparison(names));
    QCOMPARE(section.title, QString("bunting.jpg"));
    QCOMPARE(section.verdict, QString("The prediction stays E."));
    QCOMPARE(section.paragraphs.front(), QString("Edits: 1. spot: Blur (width 3 px)"));
    QCOMPARE(section.images.size(), std::size_t{4});
    const QImage mask = QImage::fromData(section.images[3].bytes, "PNG");
    QCOMPARE(mask.pixelColor(110, 105), QColor(Qt::white));
    QCOMPARE(mask.pixelColor(90, 105), QColor(Qt::black));
    QCOMPARE(section.figures.size(), std::size_t{1});
    for (const char* told : {"3 Painted Bunting", "layer 2 of 2", "0123456789ab", "Blur (width 3 px)"})
        QVERIFY2(section.figures[0].caption.contains(told), told);
    QCOMPARE(section.tables.size(), std::size_t{2});
    QCOMPARE(section.tables[0].rows.size(), std::size_t{5});
    QCOMPARE(section.tables[1].rows.size(), std::size_t{9});
    QCOMPARE(section.tables[1].rows.back().front(), QString("Mean"));
    QCOMPARE(section.tables[1].rows.front().at(1), QString("0.000"));
}

void TestReport::pictureAsItIs()
{
    const ReportSection section = sectionOf(test::syntheticExplanation(), names);
    QCOMPARE(section.figures.size(), std::size_t{1});
    QCOMPARE(section.tables.front().rows.front().front(), QString("E"));
    QVERIFY(section.verdict.isEmpty());
}

QTEST_MAIN(TestReport)
#include "test_report.moc"
