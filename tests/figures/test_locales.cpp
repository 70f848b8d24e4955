// SPDX-License-Identifier: GPL-3.0-or-later
#include <QFile>
#include <QLocale>
#include <QTemporaryDir>
#include <QtTest>

#include "tests/figures/synthetic_explanation.h"
#include "ui/figures/confusion_figure.h"
#include "ui/figures/contact_sheet.h"
#include "ui/figures/edit_comparison.h"
#include "ui/figures/edit_text.h"
#include "ui/figures/figure_text.h"
#include "ui/figures/figure_writer.h"
#include "ui/figures/matrix_csv.h"
#include "ui/figures/matrix_figure.h"
#include "ui/figures/number_text.h"
#include "ui/figures/plate_caption.h"
#include "ui/figures/plate_figure.h"
#include "ui/figures/png_writer.h"
#include "ui/figures/report_sections.h"
#include "ui/figures/report_writer.h"
#include "ui/figures/training_curves.h"

using namespace ocellus;

namespace {

QByteArray contents(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

Explanation edited()
{
    Explanation explanation = test::syntheticExplanation();
    explanation.edits =
        describe(EditList{{"", {}, Recolour{12.5, 1.5, -0.25}}, {"", {}, CopyPatch{-1234, 5678, false, {}}}});
    explanation.millimetresPerPixel = 0.00123;
    return explanation;
}

MapMatrix matrix()
{
    return editMatrix(test::syntheticExplanation(), edited());
}

QByteArray headFigures()
{
    return svgBytes(figureOf(edited(), FigureStyle::Honest), 72) + svgBytes(figureOf(edited(), FigureStyle::Paper), 72);
}

QByteArray matrixFigure()
{
    return svgBytes(figureOf(matrix()), 72);
}

QByteArray plates()
{
    PlateOptions options;
    options.scale = PlateOptions::Scale::OfFile;
    options.numbers = PlateOptions::Numbers::PeakAndScore;
    options.predictions = true;
    const Plate plate = plateOf(matrix(), options);
    return svgBytes(figureOf(plate), 72) + captionOf(plate).toUtf8();
}

QByteArray report()
{
    QStringList names;
    for (int i = 0; i < 5; ++i)
        names += QString::number(i);
    const EditComparison comparison = editComparison(test::syntheticExplanation(), edited(), {}, {}, names);
    return htmlOf({"Report", {}, {sectionOf(edited(), names), sectionOf(comparison)}});
}

QByteArray table()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath("table.csv");
    writeMatrixCsv(path.toStdString(), matrix());
    return contents(path);
}

QByteArray contactSheet()
{
    QImage image(40, 30, QImage::Format_RGB32);
    image.fill(Qt::green);
    return svgBytes(figureOf(ContactSheet{"Sheet",
                                          "model",
                                          {{image, image, "picture", answerText("Danaus", 0.98765),
                                            answerText("Vanessa", 0.0123), true}}}),
                    72);
}

QByteArray confusion()
{
    ConfusionFigure figure{{}, {"Danaus", "Vanessa"}, "Title", "model"};
    for (int i = 0; i < 3000; ++i)
        figure.evaluation.add({i % 2, i % 7 == 0 ? 1 : 0, 0.5, 1, 0.1});
    return pngBytes(renderConfusion(figure, 72));
}

QByteArray curves()
{
    EpochReport epoch;
    epoch.epoch = 1;
    epoch.trainLoss = epoch.valLoss = 1.2345;
    epoch.trainAccuracy = epoch.accuracy1 = 12.5;
    EpochReport next = epoch;
    next.epoch = 2;
    const QTemporaryDir folder;
    const QString path = folder.filePath("curves.png");
    writeTrainingCurves(path.toStdString(), {epoch, next});
    return contents(path);
}

QByteArray numbers()
{
    return (QStringList{fixedText(-1234.5, 2), generalText(0.00012345, 3), countText(-1'234'567), changeText(-1.5),
                        FigureText::timesUniform(0.123), FigureText::change(-1234.5), FigureText::probability(0.9123),
                        FigureText::probability(0.0001)})
        .join('|')
        .toUtf8();
}

} // namespace

/// Words are English, so numbers in figures, captions, reports and tables are too, whatever the system's language.
class TestLocales : public QObject {
    Q_OBJECT

private slots:
    void writesTheSame_data();
    void writesTheSame();
};

using Writer = QByteArray (*)();
Q_DECLARE_METATYPE(Writer)

void TestLocales::writesTheSame_data()
{
    QTest::addColumn<QLocale>("locale");
    QTest::addColumn<Writer>("write");
    for (const QLocale& locale : {QLocale(QLocale::German, QLocale::Germany), QLocale(QLocale::French, QLocale::France),
                                  QLocale(QLocale::Arabic, QLocale::Egypt), QLocale(QLocale::Hindi, QLocale::India)})
        for (const auto& [name, write] :
             {std::pair("numbers", &numbers), std::pair("heads", &headFigures), std::pair("matrix", &matrixFigure),
              std::pair("plates", &plates), std::pair("report", &report), std::pair("table", &table),
              std::pair("contact sheet", &contactSheet), std::pair("confusion", &confusion),
              std::pair("curves", &curves)})
            QTest::addRow("%s, %s", qPrintable(locale.name()), name) << locale << Writer(write);
}

void TestLocales::writesTheSame()
{
    QFETCH(const QLocale, locale);
    QFETCH(const Writer, write);
    const QLocale before;
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom));
    const QByteArray english = write();
    QLocale::setDefault(locale);
    const QByteArray other = write();
    QLocale::setDefault(before);
    QVERIFY(!english.isEmpty());
    QVERIFY(other == english);
}

QTEST_MAIN(TestLocales)

#include "test_locales.moc"
