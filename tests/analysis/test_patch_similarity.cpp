// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>

#include <QTest>

#include "core/analysis/patch_similarity.h"
#include "tests/support/error_of.h"

using namespace ocellus;

/// Cosines between tokens, by hand.
class TestPatchSimilarity : public QObject {
    Q_OBJECT

private slots:
    void refuses()
    {
        const std::vector<float> tokens(6);
        QCOMPARE(errorOf([&] { similarityTo(3, tokens, 3); }), ErrorCode::BadArgument);
        QCOMPARE(errorOf([&] { similarityTo(0, tokens, 0); }), ErrorCode::BadArgument);
        QCOMPARE(errorOf([&] { similarityTo(0, tokens, 4); }), ErrorCode::Mismatch);
    }

    void comparesDirections()
    {
        // Four cells of two channels: (3, 4), (6, 8), (-4, 3), (0, 0).
        const std::vector<float> tokens{3, 6, -4, 0, 4, 8, 3, 0};
        const std::vector<float> like = similarityTo(0, tokens, 4);
        QVERIFY((like == std::vector<float>{1, 1, 0, 0}));
        QVERIFY((similarityTo(3, tokens, 4) == std::vector<float>{0, 0, 0, 0}));
        const std::vector<float> opposite{1, -1, 0.5F, -0.5F}; // one channel: only signs are left
        QVERIFY((similarityTo(1, opposite, 4) == std::vector<float>{-1, 1, -1, 1}));
        const std::vector<float> large{1e30F, -1e30F};
        QVERIFY((similarityTo(0, large, 2) == std::vector<float>{1, -1}));
    }
};

QTEST_GUILESS_MAIN(TestPatchSimilarity)
#include "test_patch_similarity.moc"
