// SPDX-License-Identifier: GPL-3.0-or-later
#include <QtTest>

#include <limits>

#include <QImage>
#include <QTemporaryDir>

#include "tests/support/error_of.h"
#include "ui/figures/training_curves.h"

using namespace ocellus;

/// The curves of a run are drawn whatever the run came to.
class TestTrainingCurves : public QObject {
    Q_OBJECT

private slots:
    void saysWhereItCannotWrite();
    void drawsAnyRun_data();
    void drawsAnyRun();

private:
    QTemporaryDir m_folder;
};

void TestTrainingCurves::saysWhereItCannotWrite()
{
    EpochReport report;
    report.epoch = 1;
    const std::string path = m_folder.filePath("no/such/folder/curves.png").toStdString();
    QString message;
    QVERIFY(errorOf([&] { writeTrainingCurves(path, {report}); }, &message) == ErrorCode::Unreadable);
    QVERIFY2(message.contains("no/such/folder"), qPrintable(message));
}

void TestTrainingCurves::drawsAnyRun_data()
{
    QTest::addColumn<QList<double>>("losses");
    QTest::newRow("one epoch") << QList<double>{2.3};
    QTest::newRow("lost at once") << QList<double>{std::numeric_limits<double>::quiet_NaN()};
    QTest::newRow("nothing lost") << QList<double>{0, 0, 0};
    QTest::newRow("huge and small") << QList<double>{1e9, 1e-9, 3};
    QTest::newRow("many epochs") << QList<double>(500, 0.7);
}

void TestTrainingCurves::drawsAnyRun()
{
    QFETCH(QList<double>, losses);

    std::vector<EpochReport> reports;
    for (const double loss : losses) {
        EpochReport& report = reports.emplace_back();
        report.epoch = static_cast<int>(reports.size());
        report.trainLoss = report.valLoss = loss;
        report.trainAccuracy = 40;
        report.accuracy1 = 60;
    }
    const QString path = m_folder.filePath("curves.png");
    writeTrainingCurves(path.toStdString(), reports);
    const QImage image(path);
    QCOMPARE(image.size(), QSize(1400, 560));
    // Losses on the left and accuracies on the right, in their colours, below the legend.
    const auto hasColour = [&image](const QColor& colour, int left, int right) {
        for (int y = 66; y < 480; ++y)
            for (int x = left; x < right; ++x)
                if (image.pixelColor(x, y) == colour)
                    return true;
        return false;
    };
    // Equal losses: the curve of validation lies over the other.
    QVERIFY(hasColour(QColor(0xd6, 0x5f, 0x0e), 90, 670));
    QVERIFY(hasColour(QColor(0x1f, 0x77, 0xb4), 790, image.width()));
    QVERIFY(hasColour(QColor(0xd6, 0x5f, 0x0e), 790, image.width()));
}

QTEST_MAIN(TestTrainingCurves)
#include "test_training_curves.moc"
