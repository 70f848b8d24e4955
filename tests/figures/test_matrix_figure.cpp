// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>

#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>

#include "core/base/error.h"
#include "tests/figures/recording_device.h"
#include "tests/figures/synthetic_explanation.h"
#include "tests/support/error_of.h"
#include "ui/figures/figure_writer.h"
#include "ui/figures/matrix_csv.h"
#include "ui/figures/matrix_figure.h"
#include "ui/figures/model_matrix.h"

using namespace ocellus;

namespace {

MapMatrix compared(bool contrast)
{
    Explanation explanation = test::syntheticExplanation();
    explanation.notices = QStringList{"untrained"};
    const std::vector<ClassOfMatrix> classes{{3, "3 Painted Bunting", {}, {}},
                                             {1, "1 Lazuli, \"blue\" Bunting", {"", "crown"}, {explanation.picture}}};
    MapMatrix matrix = classMatrix(explanation, classes, contrast);
    matrix.notes = QStringList{"a note below the title"};
    matrix.rows[1].flagged = true;
    return matrix;
}

QByteArray contents(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QString svgText(const MapMatrix& matrix)
{
    const QTemporaryDir folder;
    const QString path = folder.filePath("figure.svg");
    writeFigure(path.toStdString(), figureOf(matrix));
    QXmlStreamReader reader(contents(path));
    QString text;
    while (!reader.atEnd())
        if (reader.readNext() == QXmlStreamReader::Characters)
            text += reader.text().toString() + QStringLiteral(" | ");
    return reader.hasError() ? QString() : text;
}

} // namespace

/// Tables of maps on paper and as numbers.
class TestMatrixFigure : public QObject {
    Q_OBJECT

private slots:
    void nothingToDraw()
    {
        QVERIFY(errorOf([] { figureOf(MapMatrix()); }) == ErrorCode::BadArgument);
    }

    void saysEverything()
    {
        const QString text = svgText(compared(true));
        for (const char* expected :
             {"Classes in bunting.jpg", "a note below the title", "3 Painted", "1 Lazuli", "less", "Head 1", "Head 8",
              "Mean", "rank 2 of 5", "peak", "score", "crown", "untrained", "attention, times uniform",
              "difference of attention, times uniform", "intr_cub.pth", "0123456789ab", "Ocellus", "viridis"})
            QVERIFY2(text.contains(QLatin1String(expected)), expected);
        QVERIFY(text.contains(QChar(0x2212))); // a signed value
    }

    void oneScaleWithoutDifferences()
    {
        const QString text = svgText(compared(false));
        QVERIFY(text.contains("attention, times uniform"));
        QVERIFY(!text.contains("difference"));
    }

    void anyFormat_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("magic");
        QTest::newRow("PNG") << "figure.png" << QByteArray("\x89PNG");
        QTest::newRow("PDF") << "figure.pdf" << QByteArray("%PDF");
        QTest::newRow("SVG") << "figure.svg" << QByteArray("<?xml");
    }

    void anyFormat()
    {
        QFETCH(QString, name);
        QFETCH(QByteArray, magic);
        const QTemporaryDir folder;
        const QString path = folder.filePath(name);
        writeFigure(path.toStdString(), figureOf(compared(true)));
        QVERIFY(contents(path).startsWith(magic));
        if (name.endsWith("png"))
            QCOMPARE(QImage(path).dotsPerMeterX(), 11811);
    }

    void anyShape_data()
    {
        QTest::addColumn<int>("heads");
        QTest::addColumn<QSize>("picture");
        QTest::newRow("one head") << 1 << QSize(500, 375);
        QTest::newRow("sixteen heads") << 16 << QSize(300, 500);
        QTest::newRow("panorama") << 8 << QSize(4000, 40);
        QTest::newRow("tower") << 8 << QSize(40, 4000);
        QTest::newRow("one pixel") << 3 << QSize(1, 1);
    }

    void anyShape()
    {
        QFETCH(int, heads);
        QFETCH(QSize, picture);
        test::Synthetic wanted;
        wanted.heads = heads;
        wanted.picture = picture;
        const std::vector<ClassOfMatrix> classes{{0, "0", {}, {}}, {1, "1", {}, {}}};
        const Figure figure = figureOf(classMatrix(test::syntheticExplanation(wanted), classes, true));
        QVERIFY(figure.size.width() >= 510 && figure.size.width() < 2000);
        QVERIFY(figure.size.height() > 100 && figure.size.height() < 2000);
        const QImage image = renderFigure(figure, 72);
        QCOMPARE(image.width(), static_cast<int>(std::ceil(figure.size.width())));
        QCOMPARE(image.pixel(0, 0), qRgb(255, 255, 255));
    }

    void numbersHaveOneSize_data()
    {
        QTest::addColumn<bool>("isMatrix");
        QTest::newRow("heads") << false;
        QTest::newRow("matrix") << true;
    }

    void numbersHaveOneSize()
    {
        QFETCH(const bool, isMatrix);
        // Numbers of different length: the ninth head peaks at hundreds of times an even spread.
        const Explanation explanation = test::syntheticExplanation({9, 2, 5, {500, 375}, 60, 80});
        const Figure figure =
            isMatrix ? figureOf(classMatrix(explanation, std::vector<ClassOfMatrix>{{3, "3", {}, {}}}, false))
                     : figureOf(explanation, FigureStyle::Honest);
        test::RecordingDevice device(figure.size);
        QPainter painter(&device);
        figure.paint(painter, 1);
        painter.end();
        QSet<double> sizes;
        for (const test::Recorded::Text& text : device.recorded().texts)
            if (text.text.startsWith("peak"))
                sizes += text.size;
        QCOMPARE(sizes.size(), 1);
    }

    void tableHasALineAMap()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath("maps.csv");
        writeMatrixCsv(path.toStdString(), compared(true));
        const QList<QByteArray> lines = contents(path).split('\n');
        QCOMPARE(lines.size(), 1 + 3 * 9 + 1);
        QCOMPARE(lines[0], QByteArray("row,column,picture,class,layer,head,peak,lowest,score,logit,probability,"
                                      "model,sha256,limit,edits,intervention,notices"));
        QVERIFY(lines[1].startsWith("3 Painted Bunting,Head 1,bunting.jpg,3 Painted Bunting,2,1,"));
        QVERIFY(lines[1].contains(",,")); // no lowest value
        QVERIFY(lines[9].contains(",Mean,") && lines[9].contains(",mean,"));
        QVERIFY(lines[10].startsWith("\"1 Lazuli, \"\"blue\"\" Bunting\","));
        QVERIFY(lines[19].contains(",,,intr_cub.pth,0123456789ab,")); // a difference has neither score nor logit
        QVERIFY(lines.last().isEmpty());
    }

    void tableHasALineOfAModelWithoutMaps_data()
    {
        QTest::addColumn<QString>("title");
        QTest::addColumn<QString>("why");
        QTest::addColumn<QString>("predicted");
        QTest::addColumn<QString>("ofClass");
        QTest::newRow("could not be asked") << "broken.pth"
                                            << "broken.pth: no model"
                                            << ""
                                            << "";
        QTest::newRow("no such class") << "fewer.pth"
                                       << "This model has no such class"
                                       << "1 Owl"
                                       << "";
        QTest::newRow("no source") << "plain.pth"
                                   << "a plain classifier has none"
                                   << "1 Owl"
                                   << "3 Painted Bunting";
    }

    void tableHasALineOfAModelWithoutMaps()
    {
        QFETCH(const QString, title);
        QFETCH(const QString, why);
        QFETCH(const QString, predicted);
        QFETCH(const QString, ofClass);
        const QString truth = "3 Painted Bunting";
        ModelOfMatrix model{title, {}, test::syntheticExplanation(),          title != "fewer.pth", true, 1, "1 Owl",
                            truth, {}, title == "plain.pth" ? why : QString()};
        model.probability = model.explanation.decoding->probability(1);
        const MatrixRow row = title == "broken.pth" ? rowWithoutAnswer(title, truth, why) : modelRow(model, 3);
        model.title = "intr.pth";
        model.hasClass = true;
        model.words.clear();
        const QTemporaryDir folder;
        const QString path = folder.filePath("models.csv");
        writeMatrixCsv(path.toStdString(), modelMatrix("two", {modelRow(model, 3), row}));
        const QStringList lines = QString::fromUtf8(contents(path)).split('\n');
        QCOMPARE(lines.size(), 1 + 3 + 1 + 1);
        const QStringList columns = lines[0].split(',');
        const auto field = [&](const QString& line, const char* column) {
            return line.split(',').value(columns.indexOf(column));
        };
        QCOMPARE(field(lines[1], "predicted"), QString("1 Owl"));
        QCOMPARE(field(lines[1], "why_no_maps"), QString());
        QVERIFY(field(lines[1], "peak").toDouble() > 0);
        QCOMPARE(lines[4].count(','), lines[0].count(','));
        QCOMPARE(field(lines[4], "row"), title);
        QCOMPARE(field(lines[4], "ground_truth"), truth);
        QCOMPARE(field(lines[4], "predicted"), predicted);
        QCOMPARE(field(lines[4], "predicted_probability").isEmpty(), predicted.isEmpty());
        QCOMPARE(field(lines[4], "class"), ofClass);
        QCOMPARE(field(lines[4], "logit"), ofClass.isEmpty() ? QString() : QString("3.5"));
        QCOMPARE(field(lines[4], "why_no_maps"), why);
    }

    void tableKeepsTheFileBefore()
    {
        QVERIFY(errorOf([] { writeMatrixCsv("/nowhere/maps.csv", compared(true)); }) == ErrorCode::Unreadable);
    }
};

QTEST_MAIN(TestMatrixFigure)
#include "test_matrix_figure.moc"
