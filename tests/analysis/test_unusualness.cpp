// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include <QTest>

#include "core/analysis/unusualness.h"
#include "core/engine/engine.h"
#include "tests/support/error_of.h"

using namespace ocellus;

class TestUnusualness : public QObject {
    Q_OBJECT

private slots:
    void refusesWhatHasNoEnergy()
    {
        QCOMPARE(errorOf([] { energy({}); }), ErrorCode::BadArgument);
        for (const float bad : {std::numeric_limits<float>::infinity(), std::numeric_limits<float>::quiet_NaN()}) {
            const std::vector<float> logits{1, bad};
            QCOMPARE(errorOf([&] { energy(logits); }), ErrorCode::Damaged);
        }
    }

    void energyIsMinusLogSumExp()
    {
        const std::vector<float> one{3.5F}, two{1, 1}, large{1000, 999}, small{-1000, -1000};
        QCOMPARE(energy(one), -3.5);
        QVERIFY(std::abs(energy(two) + 1 + std::log(2)) < 1e-12);
        QVERIFY(std::abs(energy(large) + 1000 + std::log1p(std::exp(-1.0))) < 1e-9);
        QVERIFY(std::abs(energy(small) - 1000 + std::log(2)) < 1e-9);
    }

    /// Softmax gives both the same; the model has found something in one of them alone.
    void theSameProbabilitiesCanBeUnusual()
    {
        const std::vector<float> found{9, 2, 1}, nothing{-1, -8, -9};
        QVERIFY(energy(nothing) > energy(found) + 9);
    }

    void readsOnlyLists_data()
    {
        QTest::addColumn<QByteArray>("text");
        for (const char* text : {"", "[", "7", "{}", "\"[1]\"", "[1, \"2\"]", "[1e999]", "[null]", "[[1]]"})
            QTest::newRow(text) << QByteArray(text);
    }

    void readsOnlyLists()
    {
        QFETCH(const QByteArray, text);
        QVERIFY(!EnergyReference::fromText(text.toStdString()));
    }

    void countsTheLowerOnes()
    {
        const EnergyReference reference({3, -1, 2, 2});
        QCOMPARE(reference.below(-5), std::size_t{0});
        QCOMPARE(reference.below(2), std::size_t{1}); // equals are no lower
        QCOMPARE(reference.below(2.5), std::size_t{3});
        QCOMPARE(reference.below(9), std::size_t{4});
        QVERIFY(!reference.isEnough());
        QCOMPARE(EnergyReference().below(0), std::size_t{0});
        std::vector<double> enough(EnergyReference::fewest);
        std::iota(enough.begin(), enough.end(), 0);
        QVERIFY(EnergyReference(enough).isEnough());
    }

    /// Of logarithms of probabilities the energy is 0 for every picture, and what differs is rounding.
    void comparesWithNoRounding()
    {
        std::vector<double> noise;
        for (std::size_t i = 0; i < 3 * EnergyReference::fewest; ++i)
            noise.push_back(energy(std::vector<float>{-0.1F * static_cast<float>(i + 1),
                                                      std::log1p(-std::exp(-0.1F * static_cast<float>(i + 1)))}));
        QVERIFY(std::ranges::max(noise) - std::ranges::min(noise) > 0);
        const EnergyReference reference(noise);
        QVERIFY(!reference.isEnough());
        QCOMPARE(reference.toText(), std::string("[]"));
        std::string zeros = "[-0.0";
        for (const double value : noise)
            zeros += value < 0 ? ",-0.0" : ",0.0";
        const auto kept = EnergyReference::fromText(zeros + "]");
        QVERIFY(kept && !kept->isEnough()); // of trees that were trained before
    }

    void findsWhatTrainingKept()
    {
        using Notes = std::vector<TrainingNote>;
        QCOMPARE(validationEnergies(Notes()).count(), std::size_t{0});
        QCOMPARE(validationEnergies(Notes{{"validation_energies", "many"}}).count(), std::size_t{0});
        QCOMPARE(validationEnergies(Notes{{"acc@1", "90"}, {"validation_energies", "[1, 2]"}}).count(), std::size_t{2});
    }

    void comesBackFromText()
    {
        QCOMPARE(EnergyReference().toText(), std::string("[]"));
        QCOMPARE(EnergyReference({0.00004, -12.345678}).toText(), std::string("[-12.3457,0.0]"));
        std::vector<double> many(10'001);
        std::iota(many.begin(), many.end(), 0);
        const auto kept = EnergyReference::fromText(EnergyReference(many).toText());
        QVERIFY(kept);
        QCOMPARE(kept->count(), EnergyReference::mostKept);
        QCOMPARE(kept->below(0), std::size_t{0});
        QCOMPARE(kept->below(5000), kept->count() / 2);
        QCOMPARE(kept->below(10'000), kept->count() - 1); // the ends are kept
    }
};

QTEST_MAIN(TestUnusualness)
#include "test_unusualness.moc"
