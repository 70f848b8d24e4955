// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include <set>

#include "tests/support/error_of.h"
#include "ui/figures/confusion_figure.h"

using namespace ocellus;

namespace {

/// Every class has ten pictures, of which the next one gets one.
ConfusionFigure ring(int classes)
{
    ConfusionFigure figure;
    for (int truth = 0; truth < classes; ++truth) {
        figure.classNames << QStringLiteral("Species number %1").arg(truth);
        for (int picture = 0; picture < 10; ++picture) {
            const int predicted = picture == 0 ? (truth + 1) % classes : truth;
            figure.evaluation.add({truth, predicted, 0.5, predicted == truth ? 1 : 2, 0.1});
        }
    }
    figure.title = QStringLiteral("Title");
    figure.madeBy = QStringLiteral("model.pth");
    return figure;
}

} // namespace

/// The confusion matrix as an image, for two classes and for very many.
class TestConfusionFigure : public QObject {
    Q_OBJECT

private slots:
    void refusesWhatCannotBeDrawn();
    void coloursAreShares_data();
    void coloursAreShares();
    void marksRowsWithoutPictures();
};

void TestConfusionFigure::refusesWhatCannotBeDrawn()
{
    QCOMPARE(errorOf([] { renderConfusion({}); }), ErrorCode::BadArgument);
    ConfusionFigure nameless = ring(3);
    nameless.classNames.removeLast();
    QCOMPARE(errorOf([&] { renderConfusion(nameless); }), ErrorCode::BadArgument);
}

void TestConfusionFigure::coloursAreShares_data()
{
    QTest::addColumn<int>("classes");
    for (const int classes : {1, 2, 12, 40, 200, 700})
        QTest::addRow("%d", classes) << classes;
}

void TestConfusionFigure::coloursAreShares()
{
    QFETCH(int, classes);
    const QImage image = renderConfusion(ring(classes), 100);
    QVERIFY(image.width() > 150 && image.width() < 2000);
    QVERIFY(image.height() > 150 && image.height() < 2200);
    // Viridis at 0.9 (one class: at 1) for the diagonal and at 0 for the ground.
    std::set<QRgb> found;
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            found.insert(image.pixel(x, y));
    QVERIFY(found.contains(classes == 1 ? qRgb(253, 231, 37) : qRgb(187, 223, 39)) ||
            found.contains(qRgb(189, 223, 38)));
    // With two, each class has pictures of both.
    QVERIFY(classes <= 2 || found.contains(qRgb(68, 1, 84)));
    QVERIFY(found.contains(qRgb(255, 255, 255)));
}

void TestConfusionFigure::marksRowsWithoutPictures()
{
    ConfusionFigure figure = ring(2);
    figure.classNames << QStringLiteral("Never seen");
    figure.evaluation.add({0, 2, 0.5, 2, 1});
    const QImage image = renderConfusion(figure, 72);
    int grey = 0;
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            grey += image.pixel(x, y) == QColor(Qt::lightGray).rgb();
    QVERIFY(grey > 1000);
}

QTEST_MAIN(TestConfusionFigure)
#include "test_confusion_figure.moc"
