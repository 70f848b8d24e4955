// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAbstractButton>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QSignalSpy>
#include <QtTest>

#include "core/engine/stored_maps.h"
#include "ui/models/intervention_text.h"
#include "ui/panels/intervention_panel.h"

using namespace ocellus;

namespace {

using Cells = std::map<int, std::vector<int>>;

/// Three classes with logits 3, 2, 1; 2 layers, 4 heads, 2 x 3 cells. In the last layer head h looks at cell h with
/// half of its attention, and evenly at the others.
std::shared_ptr<const Decoding> untouched(int heads = 4)
{
    const Decoding::Extent extent{2, heads, 3, 2, 3, 3, 1};
    std::vector<float> maps;
    for (int layer = 0; layer < 2; ++layer)
        for (int head = 0; head < heads; ++head)
            for (int query = 0; query < 3; ++query)
                for (int cell = 0; cell < 6; ++cell)
                    maps.push_back(layer == 0 ? 1 / 6.0F : cell == head ? 0.5F : 0.1F);
    return std::make_shared<const Decoding>(ContentKey{}, QuerySet{}, extent, std::vector<int>{0, 1, 2},
                                            Decoding::Arrays{{3, 2, 1},
                                                             std::vector<float>(3),
                                                             std::vector<float>(3),
                                                             std::make_shared<StoredMaps>(heads, 3, 6, maps, maps)});
}

std::shared_ptr<const Decoding> answered(const std::shared_ptr<const Decoding>& whole,
                                         const AttentionIntervention& intervention, float logit)
{
    return std::make_shared<const Decoding>(ContentKey{1, 1}, *whole, intervention,
                                            Decoding::Answer{logit, {0}, intervenedAttention(intervention, *whole)});
}

/// A panel that shows class 1.
struct Fixture {
    Fixture()
    {
        panel.setSubject({whole, whole, 1, QStringLiteral("Wren")});
        panel.setCrosshair(Cell{1, 2});
        panel.setMask([] { return std::vector<int>{2, 4}; });
    }

    template <typename Widget>
    Widget* named(const QString& accessibleName) const
    {
        for (Widget* candidate : panel.findChildren<Widget*>())
            if (candidate->accessibleName() == accessibleName)
                return candidate;
        return nullptr;
    }

    QAbstractButton* button(const QString& text) const
    {
        for (QAbstractButton* candidate : panel.findChildren<QAbstractButton*>())
            if (candidate->text().remove('&') == text)
                return candidate;
        return nullptr;
    }

    QAbstractButton* headButton(int number) const
    {
        return named<QAbstractButton>(QStringLiteral("Without head %1").arg(number));
    }

    QString note() const { return named<QLabel>(QStringLiteral("What is taken away"))->text(); }
    QString effect() const { return named<QLabel>(QStringLiteral("What the model answers"))->text(); }

    std::shared_ptr<const Decoding> whole = untouched();
    InterventionPanel panel;
    QSignalSpy spy{&panel, &InterventionPanel::interventionChanged};
};

} // namespace

class TestInterventionPanel : public QObject {
    Q_OBJECT

private slots:
    void emptyPanelsOfferNothing_data()
    {
        QTest::addColumn<InterventionSubject>("subject");
        const auto whole = untouched();
        QTest::newRow("no view") << InterventionSubject{};
        QTest::newRow("no class") << InterventionSubject{whole, whole, -1, {}};
        QTest::newRow("no such class") << InterventionSubject{whole, whole, 3, {}};
        const auto plain =
            std::make_shared<const Decoding>(ContentKey{}, QuerySet{}, Decoding::Extent{0, 0, 3, 1, 1, 3, 0},
                                             std::vector<int>{0, 1, 2}, Decoding::Arrays{{1, 2, 3}, {}, {}, nullptr});
        QTest::newRow("plain classifier") << InterventionSubject{plain, plain, 1, {}};
    }

    void emptyPanelsOfferNothing()
    {
        QFETCH(const InterventionSubject, subject);
        Fixture f;
        f.panel.setSubject(subject);
        QVERIFY(!f.headButton(1));
        for (const char* text : {"At the crosshair", "Looked at above", "Inside the mask", "Give everything back"})
            QVERIFY2(!f.button(text)->isEnabled(), text);
        QCOMPARE(f.spy.size(), 0);
    }

    void crosshairsOutsideTheGridTakeNothing_data()
    {
        QTest::addColumn<Cell>("cell");
        QTest::newRow("below") << Cell{2, 0};
        QTest::newRow("to the right") << Cell{0, 3};
        QTest::newRow("negative") << Cell{-1, 1};
    }

    void crosshairsOutsideTheGridTakeNothing()
    {
        QFETCH(const Cell, cell);
        Fixture f;
        f.panel.setCrosshair(cell);
        QVERIFY(!f.button("At the crosshair")->isEnabled());
        f.panel.setCrosshair(Cell{0, 0});
        QVERIFY(f.button("At the crosshair")->isEnabled());
        f.panel.setCrosshair(std::nullopt);
        QVERIFY(!f.button("At the crosshair")->isEnabled());
    }

    void interventionsInWords_data()
    {
        QTest::addColumn<AttentionIntervention>("intervention");
        QTest::addColumn<QString>("text");
        const QString changed = QStringLiteral("attention changed by hand: without ");
        QTest::newRow("nothing") << AttentionIntervention{} << QString();
        QTest::newRow("nothing of a class") << AttentionIntervention{2, {}, {{1, {}}}} << QString();
        QTest::newRow("a head") << AttentionIntervention{2, {3}, {}} << changed + "head 4";
        QTest::newRow("heads") << AttentionIntervention{2, {0, 3}, {}} << changed + "heads 1, 4";
        QTest::newRow("a cell") << AttentionIntervention{2, {}, {{1, {5}}}} << changed + "1 cell of head 2";
        QTest::newRow("both") << AttentionIntervention{2, {3}, {{1, {5, 6}}}} << changed + "head 4; 2 cells of head 2";
        QTest::newRow("many") << AttentionIntervention{2, {3}, {{0, {}}, {1, {5, 6}}, {2, {0}}}}
                              << changed + "head 4; 2 cells of head 2; 1 cell of head 3";
        QTest::newRow("cells of a head that is gone")
            << AttentionIntervention{2, {1}, {{1, {5}}}} << changed + "head 2";
    }

    void interventionsInWords()
    {
        QFETCH(const AttentionIntervention, intervention);
        QFETCH(const QString, text);
        QCOMPARE(interventionText(intervention), text);
    }

    void settingIsSilent()
    {
        Fixture f;
        f.panel.setIntervention({1, {0, 2}, {{1, {3}}}});
        f.panel.setHead(2);
        QCOMPARE(f.spy.size(), 0);
        QVERIFY(f.headButton(1)->isChecked());
        QVERIFY(!f.headButton(2)->isChecked());
        QVERIFY(f.headButton(3)->isChecked());
        QCOMPARE(f.note(), QString("Attention changed by hand: without heads 1, 3; 1 cell of head 2."));
        f.panel.setIntervention({});
        QVERIFY(!f.headButton(1)->isChecked());
        QVERIFY(f.note().isEmpty());
        QVERIFY(!f.button("Give everything back")->isEnabled());
    }

    void headsAreTakenAndGivenBack()
    {
        Fixture f;
        f.headButton(4)->click();
        f.headButton(1)->click();
        QCOMPARE(f.panel.intervention(), (AttentionIntervention{1, {0, 3}, {}}));
        QCOMPARE(f.spy.size(), 2);
        QCOMPARE(f.spy.last().first().value<AttentionIntervention>(), f.panel.intervention());
        f.headButton(4)->click();
        f.headButton(1)->click();
        QCOMPARE(f.panel.intervention(), AttentionIntervention{}); // of no class any more
    }

    void crosshairCellsAreTakenAndGivenBack()
    {
        Fixture f;
        f.panel.setHead(2);
        f.button("At the crosshair")->click();
        f.panel.setCrosshair(Cell{0, 1});
        f.button("At the crosshair")->click();
        QCOMPARE(f.panel.intervention(), (AttentionIntervention{1, {}, {{2, {1, 5}}}, 2, 3}));
        f.button("Give back the crosshair")->click();
        f.panel.setCrosshair(Cell{1, 2});
        f.button("Give back the crosshair")->click();
        QCOMPARE(f.panel.intervention(), AttentionIntervention{});
        QCOMPARE(f.spy.size(), 4);
    }

    /// The answer that follows a draft has another grid, where the same cells are other places.
    void noCellsAreTakenOnADraft()
    {
        Fixture f;
        f.panel.setSubject({f.whole, f.whole, 1, QStringLiteral("Wren"), true});
        for (const char* text : {"At the crosshair", "Looked at above", "Inside the mask"})
            QVERIFY2(!f.button(text)->isEnabled(), text);
        f.headButton(1)->click();
        QCOMPARE(f.panel.intervention(), (AttentionIntervention{1, {0}, {}}));
    }

    void allHeadsLoseTheCellTogether()
    {
        Fixture f;
        f.panel.setHead(1);
        f.button("At the crosshair")->click();
        f.panel.setHead(4);
        QVERIFY(f.button("At the crosshair")); // head 2 alone has lost it
        f.button("At the crosshair")->click();
        QCOMPARE(f.panel.intervention().cells, (Cells{{0, {5}}, {1, {5}}, {2, {5}}, {3, {5}}}));
    }

    void keepOnlyTakesTheOthers()
    {
        Fixture f;
        f.panel.setHead(0);
        f.button("At the crosshair")->click();
        f.named<QComboBox>("Take cells away, or keep them only")->setCurrentIndex(1);
        f.button("Inside the mask")->click();
        QCOMPARE(f.panel.intervention().cells, (Cells{{0, {0, 1, 3, 5}}}));
        f.button("At the crosshair")->click();
        QCOMPARE(f.panel.intervention().cells, (Cells{{0, {0, 1, 2, 3, 4}}}));
    }

    void masksAddToWhatIsGone()
    {
        Fixture f;
        f.panel.setHead(3);
        f.button("At the crosshair")->click();
        f.button("Inside the mask")->click();
        QCOMPARE(f.panel.intervention().cells, (Cells{{3, {2, 4, 5}}}));
        f.panel.setMask(nullptr);
        QVERIFY(!f.button("Inside the mask")->isEnabled());
    }

    /// Of the last layer, whichever is shown.
    void cellsAboveAThreshold()
    {
        Fixture f;
        f.panel.setHead(4);
        auto* threshold = f.named<QDoubleSpinBox>("Threshold, times uniform");
        threshold->setValue(3.5);
        f.button("Looked at above")->click();
        QCOMPARE(f.spy.size(), 0);
        QVERIFY(f.effect().contains("no further cell"));
        threshold->setValue(2);
        f.button("Looked at above")->click();
        QCOMPARE(f.panel.intervention().cells, (Cells{{0, {0}}, {1, {1}}, {2, {2}}, {3, {3}}}));
    }

    void tellsTheAnswer()
    {
        Fixture f;
        QCOMPARE(f.effect(), QString("Logit 2.00\nProbability 0.245\nRank among 3: 2"));
        f.headButton(2)->click();
        QCOMPARE(f.effect(), QString("The model is being asked."));
        const auto changed = answered(f.whole, f.panel.intervention(), 4);
        f.panel.setSubject({changed, f.whole, 1, QStringLiteral("Wren")});
        QCOMPARE(f.effect(),
                 QString("Logit 2.00 \u2192 4.00\nProbability 0.245 \u2192 0.705\nRank among 3: 2 \u2192 1"));
        const auto same = answered(f.whole, f.panel.intervention(), 2);
        f.panel.setSubject({same, f.whole, 1, QStringLiteral("Wren")});
        QCOMPARE(f.effect(),
                 QString("Logit 2.00, as before\nProbability 0.245, as before\nRank among 3: 2, as before"));
    }

    void choosingAHeadIsTold()
    {
        Fixture f;
        QSignalSpy chosen(&f.panel, &InterventionPanel::headChosen);
        auto* heads = f.named<QComboBox>("Whose cells");
        QCOMPARE(heads->count(), 5);
        heads->setFocus();
        QTest::keyClick(heads, Qt::Key_End);
        QCOMPARE(chosen.last().first().toInt(), 4);
        const auto fewer = untouched(2);
        f.panel.setSubject({fewer, fewer, 0, QStringLiteral("Finch")});
        QCOMPARE(heads->count(), 3);
        QCOMPARE(heads->currentIndex(), 2);
        QVERIFY(!f.headButton(3));
    }

    void everythingIsGivenBack()
    {
        Fixture f;
        f.headButton(1)->click();
        f.button("Inside the mask")->click();
        f.button("Give everything back")->click();
        QCOMPARE(f.panel.intervention(), AttentionIntervention{});
        QCOMPARE(f.spy.last().first().value<AttentionIntervention>(), AttentionIntervention{});
        QVERIFY(!f.headButton(1)->isChecked());
    }
};

QTEST_MAIN(TestInterventionPanel)
#include "test_intervention_panel.moc"
