// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>

#include <QTest>

#include "core/base/error.h"
#include "core/explain/class_activation.h"
#include "core/explain/finer_score.h"
#include "tests/explain/golden_arrays.h"
#include "tests/support/error_of.h"

using namespace ocellus;

class TestClassActivation : public QObject {
    Q_OBJECT

private slots:
    void refusesWhatDoesNotFit();
    void withoutChannelsWeightsAreMeans();
    void plusPlusIgnoresNegativeGradients();
    void displaysAsOracle_data();
    void displaysAsOracle();
    void displaysNothingOfNegativeMaps();
    void refusesBadReferences_data();
    void refusesBadReferences();
    void derivativeIsThatOfTheScore_data();
    void derivativeIsThatOfTheScore();
    void choosesNearestClasses();
};

void TestClassActivation::refusesWhatDoesNotFit()
{
    const std::vector<float> four(4);
    const std::vector<float> three(3);
    for (const auto& action :
         std::vector<std::function<void()>>{[&] { classActivation(four, three, 1, CamMethod::GradCam); },
                                            [&] { classActivation(four, four, 3, CamMethod::GradCam); },
                                            [&] { classActivation(four, four, 0, CamMethod::GradCam); },
                                            [&] { classActivation({}, {}, 1, CamMethod::GradCam); },
                                            [&] {
                                                displayedActivation(four, 2, 3, {4, 4});
                                            }})
        QCOMPARE(errorOf(action), std::optional(ErrorCode::Mismatch));
}

void TestClassActivation::withoutChannelsWeightsAreMeans()
{
    const std::vector<float> a{1, 2, 3, 4};
    const std::vector<float> g{1, -1, 0.5F, 1.5F};
    QCOMPARE(classActivation(a, g, 2, CamMethod::GradCam), (std::vector<float>{3, 4}));
    QCOMPARE(classActivation(a, g, 2, CamMethod::HiResCam), (std::vector<float>{2.5F, 4}));
}

void TestClassActivation::plusPlusIgnoresNegativeGradients()
{
    const std::vector<float> a{1, 1};
    const std::vector<float> g{-1, 2};
    // alpha = 4 / (8 + 2 * 8) = 1 / 6, weight 2 / 6.
    const std::vector<float> map = classActivation(a, g, 1, CamMethod::GradCamPlusPlus, 0);
    QVERIFY(std::abs(static_cast<double>(map[0]) - 1.0 / 3) < 1e-6);
    QCOMPARE(classActivation(a, std::vector<float>{-1, 0}, 1, CamMethod::GradCamPlusPlus, 0),
             (std::vector<float>{0, 0}));
}

void TestClassActivation::displaysAsOracle_data()
{
    QTest::addColumn<QString>("path");
    for (const auto& path : goldenFiles("cam-"))
        if (GoldenArrays(path).has("display"))
            QTest::newRow((path.parent_path().filename().string() + " " + path.stem().string()).c_str())
                << QString::fromStdString(path.string());
}

/// The display of the oracle's own map, whatever network it came from.
void TestClassActivation::displaysAsOracle()
{
    QFETCH(QString, path);
    const GoldenArrays golden(path.toStdString());
    const std::vector<int> labels = golden.metadata("labels");
    const auto shown = std::ranges::find(labels, golden.metadata("display_label").get<int>()) - labels.begin();
    const auto shape = golden.shape("gradcam");
    const Size size{golden.metadata("image_width"), golden.metadata("image_height")};
    const std::vector<float> got = displayedActivation(golden.row("gradcam", static_cast<std::size_t>(shown)),
                                                       static_cast<int>(shape[1]), static_cast<int>(shape[2]), size);
    const double difference = largestDifference(got, golden.floats("display"));
    QVERIFY2(difference <= 1e-4, qPrintable(QString::number(difference)));
}

void TestClassActivation::displaysNothingOfNegativeMaps()
{
    const std::vector<float> shown = displayedActivation(std::vector<float>{-1, -2, -3, -4}, 2, 2, {6, 5});
    QCOMPARE(shown, std::vector<float>(30));
}

void TestClassActivation::refusesBadReferences_data()
{
    QTest::addColumn<int>("label");
    QTest::addColumn<QList<int>>("references");
    QTest::newRow("label beyond") << 4 << QList<int>{};
    QTest::newRow("label below") << -1 << QList<int>{};
    QTest::newRow("reference beyond") << 0 << QList<int>{1, 4};
    QTest::newRow("the label itself") << 2 << QList<int>{1, 2};
    QTest::newRow("twice") << 0 << QList<int>{3, 1, 3};
}

void TestClassActivation::refusesBadReferences()
{
    QFETCH(int, label);
    QFETCH(QList<int>, references);
    const std::vector<float> logits{1, 2, 3, 4};
    const FinerRecipe recipe{{references.begin(), references.end()}, 1, true};
    QCOMPARE(errorOf([&] { finerScore(logits, label, recipe); }), std::optional(ErrorCode::BadArgument));
    QCOMPARE(errorOf([] { finerScore(std::vector<float>{1}, 0, {}); }), std::optional(ErrorCode::BadArgument));
}

void TestClassActivation::derivativeIsThatOfTheScore_data()
{
    QTest::addColumn<bool>("chosen");
    QTest::addColumn<bool>("throughWeights");
    QTest::newRow("nearest, through") << false << true;
    QTest::newRow("nearest, fixed") << false << false;
    QTest::newRow("chosen, through") << true << true;
    QTest::newRow("chosen, fixed") << true << false;
}

/// Against finite differences; with the weights held fixed, of a score with the weights of the middle.
void TestClassActivation::derivativeIsThatOfTheScore()
{
    QFETCH(bool, chosen);
    QFETCH(bool, throughWeights);
    const std::vector<double> logits{0.3, 1.1, -0.4, 0.9, 2.0};
    const FinerRecipe recipe{chosen ? std::vector<int>{4, 0} : std::vector<int>{}, 0.7, throughWeights};
    const FinerScore got = finerScore(std::vector<float>(logits.begin(), logits.end()), 1, recipe);
    const auto weights = [](const std::vector<double>& z) {
        double sum = 0;
        for (const double value : z)
            sum += std::exp(value);
        std::vector<double> p;
        for (const double value : z)
            p.push_back(std::exp(value) / sum);
        return p;
    };
    const auto score = [&](const std::vector<double>& z) {
        const std::vector<double> p = weights(throughWeights ? z : logits);
        double top = 0;
        double bottom = 1e-9;
        for (const int reference : got.references) {
            const auto i = static_cast<std::size_t>(reference);
            top += p[i] * (z[1] - 0.7 * z[i]);
            bottom += p[i];
        }
        return top / bottom;
    };
    QVERIFY(std::abs(got.score - score(logits)) < 1e-6);
    for (std::size_t k = 0; k < logits.size(); ++k) {
        std::vector<double> up = logits;
        std::vector<double> down = logits;
        up[k] += 1e-4;
        down[k] -= 1e-4;
        const double expected = (score(up) - score(down)) / 2e-4;
        QVERIFY2(std::abs(static_cast<double>(got.derivative[k]) - expected) < 1e-5,
                 qPrintable(
                     QString("%1: %2, expected %3").arg(k).arg(static_cast<double>(got.derivative[k])).arg(expected)));
    }
}

void TestClassActivation::choosesNearestClasses()
{
    const std::vector<float> logits{5, 1, 1.5F, 0.5F, 3};
    QCOMPARE(nearestClasses(logits, 1), (std::vector<int>{2, 3, 4}));
    QCOMPARE(nearestClasses(logits, 1, 9), (std::vector<int>{2, 3, 4, 0}));
}

QTEST_APPLESS_MAIN(TestClassActivation)
#include "test_class_activation.moc"
