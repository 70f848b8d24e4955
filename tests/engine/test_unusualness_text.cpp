// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>
#include <memory>
#include <vector>

#include <QTest>

#include "core/engine/engine.h"
#include "core/engine/prototype_maps.h"
#include "ui/document/unusualness_text.h"
#include "ui/engine/view_result.h"

using namespace ocellus;

namespace {

/// Of two classes, with the maps of a tree or without any.
ViewResult resultOf(const std::vector<float>& logits, bool isTree)
{
    const Decoding::Extent extent{1, 1, 2, 1, 1, 2, 1};
    const auto tree = isTree ? std::optional(TreeAnswer()) : std::nullopt;
    const auto maps = std::make_shared<PrototypeMaps>(1, std::vector<float>{1}, 0.0,
                                                      std::vector<std::vector<MapSource::Part>>(2), tree);
    ViewResult result;
    result.full = std::make_shared<const Decoding>(ContentKey(), QuerySet(), extent, std::vector<int>{0, 1},
                                                   Decoding::Arrays{logits, {0, 0}, {}, maps});
    return result;
}

} // namespace

/// What stands beside a picture about how unusual it is for the model.
class TestUnusualnessText : public QObject {
    Q_OBJECT

private slots:
    /// A tree's logits are logarithms of probabilities: there is nothing to compare but rounding.
    void comparesNoTrees()
    {
        ModelDescription model;
        const std::vector<float> logits{std::log(0.3F), std::log(0.7F)};
        std::vector<double> ownSpecies;
        for (int i = 0; i < 40; ++i)
            ownSpecies.push_back(i * 1e-9);
        const QString ofTree = unusualnessText(resultOf(logits, true), model, ownSpecies);
        QVERIFY2(ofTree.contains("not known") && ofTree.contains("tree"), qPrintable(ofTree));
        const QString other = unusualnessText(resultOf({3, 4}, false), model, ownSpecies);
        QVERIFY2(other.contains("more unusual than"), qPrintable(other));
        // A threshold of its probability is one of a tree too.
        model.training = {{"novelty_score", "max_probability"}, {"novelty_threshold", "-0.9"}};
        const QString kept = unusualnessText(resultOf(logits, true), model, ownSpecies);
        QVERIFY2(kept.startsWith("Unlike anything"), qPrintable(kept));
    }
};

QTEST_GUILESS_MAIN(TestUnusualnessText)
#include "test_unusualness_text.moc"
