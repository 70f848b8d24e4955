// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>

#include <QTemporaryDir>
#include <QXmlStreamReader>
#include <QtTest>

#include "core/base/error.h"
#include "tests/figures/hostile_texts.h"
#include "tests/figures/recording_device.h"
#include "tests/figures/synthetic_explanation.h"
#include "tests/support/error_of.h"
#include "ui/figures/figure_writer.h"
#include "ui/figures/plate.h"
#include "ui/figures/plate_figure.h"
#include "ui/figures/scale_bar.h"
#include "ui/figures/shown_text.h"

using namespace ocellus;
using test::Recorded;

Q_DECLARE_METATYPE(ocellus::PlateOptions)

namespace {

Recorded paintedOn(const Figure& figure)
{
    test::RecordingDevice device(figure.size);
    QPainter painter(&device);
    figure.paint(painter, 1);
    painter.end();
    return device.recorded();
}

/// What is wrong with the places of words and pictures; empty: nothing.
QString faultOf(const Figure& figure, const Recorded& recorded)
{
    const QRectF page(QPointF(), figure.size);
    constexpr double slack = 0.6; // points
    const auto overlap = [](const QRectF& a, const QRectF& b) {
        const QRectF common = a & b;
        return common.width() > slack && common.height() > slack;
    };
    for (const Recorded::Text& text : recorded.texts) {
        if (text.text.trimmed().isEmpty())
            continue;
        if (!page.adjusted(-slack, -slack, slack, slack).contains(text.place))
            return "cut off: " + text.text;
        for (const Recorded::Text& other : recorded.texts)
            if (&other != &text && !other.text.trimmed().isEmpty() && overlap(text.place, other.place))
                return QStringLiteral("\"%1\" over \"%2\"").arg(text.text, other.text);
        for (const QRectF& image : recorded.images)
            if (overlap(text.place, image) && !image.contains(text.place)) // but a scale bar
                return "over a picture: " + text.text;
    }
    for (const QRectF& image : recorded.images)
        for (const QRectF& other : recorded.images)
            if (&image != &other && overlap(image, other))
                return "pictures over each other";
    return {};
}

QString wordsOf(const Recorded& recorded)
{
    QString words;
    for (const Recorded::Text& text : recorded.texts)
        words += text.text + '|';
    return words;
}

MapMatrix heads(const Explanation& explanation)
{
    return headMatrix(explanation);
}

MapMatrix classes(const Explanation& explanation, bool contrast = true)
{
    const std::vector<ClassOfMatrix> of{{3, explanation.className, {}, {}}, {1, "1 Passerina amoena", {}, {}}};
    return classMatrix(explanation, of, contrast);
}

PlateOptions everything(double width, int textSize)
{
    PlateOptions options;
    options.width = width;
    options.textSize = textSize;
    options.numbers = PlateOptions::Numbers::PeakAndScore;
    options.predictions = true;
    options.scale = PlateOptions::Scale::Given;
    return options;
}

/// Every text of a figure is the same.
Explanation saying(const QString& text)
{
    Explanation explanation = test::syntheticExplanation();
    explanation.pictureName = explanation.className = explanation.modelName = explanation.limit = text;
    explanation.edits = explanation.intervention = text;
    explanation.notices = {text};
    for (int head = 0; head < explanation.heads(); ++head)
        explanation.headNotes += text;
    return explanation;
}

} // namespace

/// The figure for a paper as it is drawn and written.
class TestPlateFigure : public QObject {
    Q_OBJECT

private slots:
    void nothingIsRefused();
    void whatIsTooLargeIsRefusedBeforeItIsMade_data();
    void whatIsTooLargeIsRefusedBeforeItIsMade();
    void hostileTextsKeepTheirPlaces_data();
    void hostileTextsKeepTheirPlaces();
    void nothingOverlapsOrIsCutOff_data();
    void nothingOverlapsOrIsCutOff();
    void aTableKeepsToItsPlaces_data();
    void aTableKeepsToItsPlaces();
    void allTextHasOneSize();
    void latinNamesAreItalicAndHaveNoIndex();
    void theWidthIsExact_data();
    void theWidthIsExact();
    void columnsFollowTheHeight();
    void statesAreAlwaysTold();
    void scaleBars_data();
    void scaleBars();
    void paintingStopsWhenItIsAsked();
    void isTheSameInEveryLocale();
};

void TestPlateFigure::nothingIsRefused()
{
    QVERIFY(errorOf([] { figureOf(Plate()); }) == ErrorCode::BadArgument);
    QVERIFY(plateOf(MapMatrix(), {}).isEmpty());
    QVERIFY(headMatrix(Explanation()).isEmpty());
}

void TestPlateFigure::whatIsTooLargeIsRefusedBeforeItIsMade_data()
{
    QTest::addColumn<QSizeF>("size");
    QTest::addColumn<double>("dots");
    QTest::newRow("many pixels") << QSizeF(1700, 1700) << 1200.0;
    QTest::newRow("long") << QSizeF(10, 14'000) << 600.0;
    QTest::newRow("endless") << QSizeF(10, 1e300) << 72.0;
    QTest::newRow("not a number") << QSizeF(10, std::nan("")) << 72.0;
}

void TestPlateFigure::whatIsTooLargeIsRefusedBeforeItIsMade()
{
    QFETCH(const QSizeF, size);
    QFETCH(const double, dots);
    const Figure figure{"large", size, [](QPainter&, double) { QFAIL("painted"); }};
    QVERIFY(errorOf([&] { renderFigure(figure, dots); }) == ErrorCode::TooLarge);
}

void TestPlateFigure::hostileTextsKeepTheirPlaces_data()
{
    QTest::addColumn<QString>("text");
    test::addHostileTexts();
}

void TestPlateFigure::hostileTextsKeepTheirPlaces()
{
    QFETCH(const QString, text);
    const Explanation explanation = saying(text);
    for (const MapMatrix& matrix : {heads(explanation), classes(explanation)}) {
        const Plate plate = plateOf(matrix, everything(85, 7));
        const Figure figure = figureOf(plate);
        const QString fault = faultOf(figure, paintedOn(figure));
        QVERIFY2(fault.isEmpty(), qPrintable(fault.left(300)));
        QXmlStreamReader xml(svgBytes(figure, 72));
        while (!xml.atEnd())
            xml.readNext();
        QVERIFY2(!xml.hasError(), qPrintable(xml.errorString()));
    }
}

void TestPlateFigure::nothingOverlapsOrIsCutOff_data()
{
    QTest::addColumn<double>("width");
    QTest::addColumn<int>("headCount");
    QTest::addColumn<QSize>("picture");
    QTest::addColumn<int>("textSize");
    QTest::addColumn<int>("place");
    for (const double width : {85.0, 180.0, 254.0})
        for (const int headCount : {1, 9})
            for (const QSize& picture : {QSize(500, 375), QSize(375, 500)})
                for (const int textSize : {7, 14, 30})
                    for (const int place : {0, 1, 2})
                        QTest::addRow("%g mm, %d heads, %d px wide, %d pt, picture %d", width, headCount,
                                      picture.width(), textSize, place)
                            << width << headCount << picture << textSize << place;
    QTest::newRow("panorama") << 85.0 << 9 << QSize(2000, 40) << 7 << 2;
    QTest::newRow("tower") << 85.0 << 9 << QSize(40, 2000) << 7 << 2;
    QTest::newRow("narrow and loud") << 20.0 << 9 << QSize(500, 375) << 48 << 1;
}

void TestPlateFigure::nothingOverlapsOrIsCutOff()
{
    QFETCH(const double, width);
    QFETCH(const int, headCount);
    QFETCH(const QSize, picture);
    QFETCH(const int, textSize);
    QFETCH(const int, place);
    Explanation explanation = test::syntheticExplanation({.heads = headCount, .picture = picture});
    explanation.className = "3 Passerina ciris";
    PlateOptions options = everything(width, textSize);
    options.picture = static_cast<PlateOptions::Picture>(place);
    const Figure figure = figureOf(plateOf(heads(explanation), options));
    const QString fault = faultOf(figure, paintedOn(figure));
    QVERIFY2(fault.isEmpty(), qPrintable(fault));
}

void TestPlateFigure::aTableKeepsToItsPlaces_data()
{
    QTest::addColumn<int>("columns");
    QTest::addColumn<int>("range");
    for (const int columns : {0, 1, 2, 5, 24})
        for (const int range : {0, 1, 2, 3})
            QTest::addRow("%d columns, range %d", columns, range) << columns << range;
}

void TestPlateFigure::aTableKeepsToItsPlaces()
{
    QFETCH(const int, columns);
    QFETCH(const int, range);
    PlateOptions options = everything(85, 7);
    options.columns = columns;
    options.range = static_cast<PlateOptions::RangeRule>(range);
    const Figure figure = figureOf(plateOf(classes(test::syntheticExplanation()), options));
    const QString fault = faultOf(figure, paintedOn(figure));
    QVERIFY2(fault.isEmpty(), qPrintable(fault));
}

void TestPlateFigure::allTextHasOneSize()
{
    for (const double width : {85.0, 180.0}) {
        const Recorded recorded =
            paintedOn(figureOf(plateOf(classes(test::syntheticExplanation()), everything(width, 8))));
        QVERIFY(!recorded.texts.empty());
        for (const Recorded::Text& text : recorded.texts)
            QCOMPARE(text.size, 8.0);
    }
}

void TestPlateFigure::latinNamesAreItalicAndHaveNoIndex()
{
    Explanation explanation = test::syntheticExplanation();
    explanation.className = "3 Passerina ciris";
    const auto italics = [&](PlateOptions::Names names) {
        PlateOptions options;
        options.names = names;
        QString words;
        for (const Recorded::Text& text : paintedOn(figureOf(plateOf(classes(explanation), options))).texts)
            if (text.isItalic)
                words += text.text + '|';
        return words;
    };
    QVERIFY(italics(PlateOptions::Names::Latin).contains("Passerina ciris|"));
    QVERIFY(!italics(PlateOptions::Names::Latin).contains("less"));
    QCOMPARE(italics(PlateOptions::Names::Upright), QString());
    const QString all = wordsOf(paintedOn(figureOf(plateOf(classes(explanation), {}))));
    QVERIFY2(!all.contains("3 Passerina"), qPrintable(all));
    explanation.className = "3 Painted Bunting";
    QVERIFY(!italics(PlateOptions::Names::Latin).contains("Painted"));
    QVERIFY(italics(PlateOptions::Names::Italic).contains("Painted"));
}

void TestPlateFigure::theWidthIsExact_data()
{
    QTest::addColumn<double>("width");
    QTest::addColumn<int>("dots");
    for (const double width : {85.0, 180.0, 254.0, 33.3})
        for (const int dots : {200, 600})
            QTest::addRow("%g mm, %d dpi", width, dots) << width << dots;
}

void TestPlateFigure::theWidthIsExact()
{
    QFETCH(const double, width);
    QFETCH(const int, dots);
    PlateOptions options;
    options.width = width;
    const Figure figure = figureOf(plateOf(heads(test::syntheticExplanation({.heads = 3})), options));
    const QTemporaryDir folder;
    const QString path = folder.filePath("figure.png");
    writeFigure(path.toStdString(), figure, dots);
    const QImage image(path);
    QCOMPARE(image.width(), static_cast<int>(std::ceil(width / 25.4 * dots - 1e-6)));
    QCOMPARE(image.dotsPerMeterX(), static_cast<int>(std::lround(dots / 0.0254)));
    QVERIFY(svgBytes(figure, dots).contains(QByteArray::number(width, 'f', 3) + "mm"));
}

void TestPlateFigure::columnsFollowTheHeight()
{
    const MapMatrix matrix = heads(test::syntheticExplanation({.heads = 9}));
    int before = 1;
    for (const double height : {600.0, 250.0, 120.0, 60.0}) {
        PlateOptions options;
        options.mostHeight = height;
        const Plate plate = plateOf(matrix, options);
        QVERIFY(figureOf(plate).size.height() <= height * 72 / 25.4 || columnsOf(plate) >= 10);
        QVERIFY(columnsOf(plate) >= before);
        before = columnsOf(plate);
    }
    QVERIFY(before > 3);
    PlateOptions given;
    given.columns = 5;
    QCOMPARE(columnsOf(plateOf(matrix, given)), 5);
}

void TestPlateFigure::statesAreAlwaysTold()
{
    Explanation before = test::syntheticExplanation();
    Explanation after = before;
    after.edits = "1. Recolour";
    after.limit = before.limit = "limited to 3 of 5 (zero)";
    after.stale = true;
    PlateOptions bare;
    bare.rowTitles = bare.predictions = bare.notes = bare.colourBar = false;
    bare.labels = PlateOptions::Labels::None;
    bare.numbers = PlateOptions::Numbers::None;
    const QString words = wordsOf(paintedOn(figureOf(plateOf(editMatrix(before, after), bare))));
    QVERIFY2(words.contains("edited"), qPrintable(words));
    QVERIFY2(words.contains("out of date"), qPrintable(words));
    QVERIFY2(words.contains("imited to 3 of 5 (zero)"), qPrintable(words));
    QCOMPARE(words.count("imited to 3"), 1); // of all, and told once
}

void TestPlateFigure::scaleBars_data()
{
    QTest::addColumn<int>("scale");
    QTest::addColumn<double>("inFile");
    QTest::addColumn<QString>("text");
    QTest::newRow("none") << 0 << 0.01 << "";
    QTest::newRow("the file does not say") << 1 << 0.0 << "";
    QTest::newRow("of the file") << 1 << 0.01 << "2 mm";
    QTest::newRow("given") << 2 << 0.01 << "100 µm";
}

void TestPlateFigure::scaleBars()
{
    QFETCH(const int, scale);
    QFETCH(const double, inFile);
    QFETCH(const QString, text);
    Explanation explanation = test::syntheticExplanation(); // 500 pixels wide
    explanation.millimetresPerPixel = inFile;
    PlateOptions options;
    options.scale = static_cast<PlateOptions::Scale>(scale);
    options.millimetresPerPixel = 0.0006;
    const QString words = wordsOf(paintedOn(figureOf(plateOf(heads(explanation), options))));
    QCOMPARE(words.count("mm|") + words.count("µm|"), text.isEmpty() ? 0 : 1);
    QVERIFY2(words.contains(text), qPrintable(words));
    QCOMPARE(roundLength(0.4 * 5), 2.0);
    QCOMPARE(lengthText(0.0002), QString("200 nm"));
}

void TestPlateFigure::paintingStopsWhenItIsAsked()
{
    std::stop_source source;
    const Figure figure = figureOf(plateOf(heads(test::syntheticExplanation()), {}), source.get_token());
    source.request_stop();
    QVERIFY(paintedOn(figure).images.empty());
}

void TestPlateFigure::isTheSameInEveryLocale()
{
    const auto words = [] {
        PlateOptions options = everything(180, 7);
        options.millimetresPerPixel = 0.00151;
        return wordsOf(paintedOn(figureOf(plateOf(classes(test::syntheticExplanation()), options))));
    };
    const QString english = words();
    const QLocale before;
    QLocale::setDefault(QLocale(QLocale::German, QLocale::Germany));
    const QString german = words();
    QLocale::setDefault(before);
    QCOMPARE(german, english);
}

QTEST_MAIN(TestPlateFigure)

#include "test_plate_figure.moc"
