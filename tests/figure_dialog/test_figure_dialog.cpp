// SPDX-License-Identifier: GPL-3.0-or-later
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QScrollArea>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>

#include "tests/figures/hostile_texts.h"
#include "tests/figures/synthetic_explanation.h"
#include "ui/figure_dialog/figure_dialog.h"
#include "ui/figure_dialog/plate_choice.h"
#include "ui/figure_dialog/plate_form.h"
#include "ui/figure_dialog/plate_preview.h"

using namespace ocellus;

namespace {

MapMatrix headsOf(const QString& name, int heads = 3)
{
    Explanation explanation = test::syntheticExplanation({.heads = heads});
    explanation.className = name;
    return headMatrix(explanation);
}

} // namespace

/// The dialog of a figure for a paper: its preview follows what is chosen and what is shown.
class TestFigureDialog : public QObject {
    Q_OBJECT

private slots:
    void init()
    {
        m_dialog = std::make_unique<FigureDialog>(PlateOptions());
        m_dialog->show();
    }
    void nothingToDraw();
    void theNewestRequestWins();
    void whatIsShownGoesWhileItIsDrawn();
    void closedWhileItIsDrawn();
    void hostileTexts_data();
    void hostileTexts();
    void choicesAreDrawnAndTold();
    void headsAreLeftOut();
    void allHeadsAreLeftOut();
    void anotherShapeForgetsPlaces();
    void presets();
    void moreThanPngHolds();
    void theCaptionIsCopied();
    void exportsWhatIsChosen();
    void everyControlHasAName();
    void fitsSmallScreens();

private:
    bool isDrawn()
    {
        return QTest::qWaitFor(
            [this] {
                QCoreApplication::processEvents();
                return !m_dialog->preview()->isDrawing();
            },
            60'000);
    }
    /// Also what a timer is yet to ask for.
    bool settle()
    {
        QSignalSpy drawn(m_dialog->preview(), &PlatePreview::drawn);
        return (drawn.wait(60'000) || !drawn.isEmpty()) && isDrawn();
    }
    template <typename Widget>
    Widget* control(const QString& label)
    {
        for (QLabel* of : m_dialog->form()->findChildren<QLabel*>())
            if (of->text().remove('&') == label)
                return qobject_cast<Widget*>(of->buddy());
        return nullptr;
    }
    QListWidget* list(int place) { return m_dialog->form()->findChildren<PlateChoice*>().at(place)->list(); }

    std::unique_ptr<FigureDialog> m_dialog;
};

void TestFigureDialog::nothingToDraw()
{
    m_dialog->setMatrix({});
    QVERIFY(settle());
    QVERIFY(!m_dialog->exportButton()->isEnabled());
    QVERIFY(m_dialog->preview()->plate().image.isNull());
    QVERIFY(!m_dialog->preview()->plate().problem.isEmpty());
    QCOMPARE(m_dialog->caption(), QString());
    m_dialog->setMatrix(headsOf("3 Danaus plexippus"));
    QVERIFY(settle());
    QVERIFY(m_dialog->exportButton()->isEnabled());
    QVERIFY(m_dialog->caption().contains("Danaus plexippus"));
}

void TestFigureDialog::theNewestRequestWins()
{
    QVERIFY(settle());
    QSignalSpy drawn(m_dialog->preview(), &PlatePreview::drawn);
    QStringList captions;
    connect(m_dialog->preview(), &PlatePreview::drawn, this, [&] { captions += m_dialog->preview()->plate().caption; });
    for (int i = 0; i < 20; ++i)
        m_dialog->preview()->request(headsOf("3 Number" + QString::number(i)), {}, {});
    QVERIFY(isDrawn());
    QCOMPARE(drawn.size(), 1);
    QVERIFY(captions.last().contains("Number19"));
}

void TestFigureDialog::whatIsShownGoesWhileItIsDrawn()
{
    QVERIFY(settle());
    m_dialog->preview()->request(headsOf("3 Gone"), {}, {});
    m_dialog->preview()->request({}, {}, "nothing there");
    QVERIFY(!m_dialog->preview()->isDrawing());
    QCOMPARE(m_dialog->preview()->plate().problem, QString("nothing there"));
    m_dialog->preview()->request(headsOf("3 Next"), {}, {});
    QVERIFY(isDrawn());
    QVERIFY(m_dialog->preview()->plate().caption.contains("Next"));
}

void TestFigureDialog::closedWhileItIsDrawn()
{
    m_dialog->setMatrix(headsOf("3 Danaus plexippus", 9));
    QCoreApplication::processEvents();
    m_dialog.reset(); // neither waits for ever nor is told of it later
    QCoreApplication::processEvents();
}

void TestFigureDialog::hostileTexts_data()
{
    QTest::addColumn<QString>("text");
    test::addHostileTexts();
}

void TestFigureDialog::hostileTexts()
{
    QFETCH(const QString, text);
    m_dialog->setMatrix(headsOf(text));
    QVERIFY(settle());
    QCOMPARE(m_dialog->preview()->plate().problem, QString());
    QVERIFY(!m_dialog->preview()->plate().image.isNull());
}

void TestFigureDialog::choicesAreDrawnAndTold()
{
    m_dialog->setMatrix(headsOf("3 Danaus plexippus"));
    QVERIFY(settle());
    QSignalSpy told(m_dialog.get(), &FigureDialog::optionsChanged);
    const QSizeF before = m_dialog->preview()->plate().size;
    control<QDoubleSpinBox>("Width")->setValue(85);
    QVERIFY(settle());
    QVERIFY(m_dialog->preview()->plate().size.width() < before.width());
    control<QSpinBox>("Tiles side by side")->setValue(2);
    QVERIFY(settle());
    QCOMPARE(m_dialog->preview()->plate().columns, 2);
    QCOMPARE(told.size(), 2);
    const auto options = told.last().first().value<PlateOptions>();
    QCOMPARE(options, m_dialog->form()->options());
    QCOMPARE(options.columns, 2);
    control<QComboBox>("Overlay")->setCurrentIndex(2);
    QCOMPARE(m_dialog->form()->options().overlay, std::optional(OverlayRule::Flat));
    control<QComboBox>("Range")->setCurrentIndex(3);
    QVERIFY(control<QDoubleSpinBox>("From")->isEnabled());
    control<QDoubleSpinBox>("From")->setValue(50); // above its other end
    QVERIFY(m_dialog->form()->options().given.high > m_dialog->form()->options().given.low);
}

void TestFigureDialog::headsAreLeftOut()
{
    m_dialog->setMatrix(headsOf("3 Danaus plexippus"));
    QVERIFY(settle());
    list(1)->item(1)->setCheckState(Qt::Unchecked);
    QVERIFY(settle());
    QVERIFY(!m_dialog->caption().contains("Head 2") && m_dialog->caption().contains("Head 3"));
    m_dialog->setMatrix(headsOf("4 Danaus gilippus")); // another class of the same model
    QVERIFY(settle());
    QVERIFY(!m_dialog->caption().contains("Head 2"));
    QCOMPARE(list(1)->item(1)->checkState(), Qt::Unchecked);
}

void TestFigureDialog::allHeadsAreLeftOut()
{
    m_dialog->setMatrix(headsOf("3 Danaus plexippus"));
    QVERIFY(settle());
    auto* choice = m_dialog->form()->findChildren<PlateChoice*>().at(1);
    QSignalSpy changed(choice, &PlateChoice::changed);
    choice->findChildren<QPushButton*>().at(1)->click();
    QCOMPARE(changed.size(), 1);
    QVERIFY(settle());
    QVERIFY(!m_dialog->exportButton()->isEnabled());
    QCOMPARE(m_dialog->caption(), QString());
    choice->findChildren<QPushButton*>().at(0)->click();
    QVERIFY(settle());
    QVERIFY(m_dialog->exportButton()->isEnabled());
}

void TestFigureDialog::anotherShapeForgetsPlaces()
{
    const Explanation explanation = test::syntheticExplanation({.heads = 2});
    m_dialog->setMatrix(editMatrix(explanation, explanation));
    QVERIFY(settle());
    list(0)->item(0)->setCheckState(Qt::Unchecked); // "Before"
    QVERIFY(settle());
    QCOMPARE(m_dialog->form()->options().hiddenRows, (std::set<int>{0}));
    m_dialog->setMatrix(headsOf("3 Danaus plexippus"));
    QVERIFY(settle());
    QVERIFY(m_dialog->form()->options().hiddenRows.empty());
    QVERIFY(!m_dialog->preview()->plate().image.isNull());
}

void TestFigureDialog::presets()
{
    auto* size = control<QComboBox>("Made for");
    size->setCurrentIndex(0);
    emit size->activated(0);
    QCOMPARE(m_dialog->form()->options().width, 85.0);
    control<QDoubleSpinBox>("Width")->setValue(100);
    QCOMPARE(size->currentIndex(), 3);
}

void TestFigureDialog::moreThanPngHolds()
{
    PlateOptions options;
    options.width = 600;
    options.dotsPerInch = 1200;
    options.columns = 1;
    m_dialog->setOptions(options);
    m_dialog->setMatrix(headsOf("3 Danaus plexippus"));
    QVERIFY(settle());
    const QImage& image = m_dialog->preview()->plate().image;
    QVERIFY(!image.isNull() && image.width() < 6000);
    QVERIFY(m_dialog->exportButton()->isEnabled()); // PDF can
    bool isTold = false;
    for (const QLabel* label : m_dialog->findChildren<QLabel*>())
        isTold |= label->text().contains("too many for PNG");
    QVERIFY(isTold);
}

void TestFigureDialog::theCaptionIsCopied()
{
    m_dialog->setMatrix(headsOf("3 Danaus plexippus"));
    QVERIFY(settle());
    for (QPushButton* button : m_dialog->findChildren<QPushButton*>())
        if (button->text().contains("caption"))
            button->click();
    QCOMPARE(QApplication::clipboard()->text(), m_dialog->caption());
    QVERIFY(m_dialog->message().contains("caption"));
}

void TestFigureDialog::exportsWhatIsChosen()
{
    m_dialog->setMatrix(headsOf("3 Danaus plexippus"));
    QSignalSpy wanted(m_dialog.get(), &FigureDialog::exportRequested);
    control<QDoubleSpinBox>("Width")->setValue(85);
    m_dialog->exportButton()->click(); // at once: the preview is not there yet
    QCOMPARE(wanted.size(), 1);
    QCOMPARE(wanted.first().at(1).value<PlateOptions>().width, 85.0);
    QCOMPARE(wanted.first().at(0).value<MapMatrix>().rows.size(), 1U);
    m_dialog->setMatrix({});
    m_dialog->exportButton()->click();
    QCOMPARE(wanted.size(), 1);
}

void TestFigureDialog::everyControlHasAName()
{
    m_dialog->setMatrix(headsOf("3 Danaus plexippus"));
    QVERIFY(settle());
    QSet<QWidget*> buddies;
    for (const QLabel* label : m_dialog->findChildren<QLabel*>())
        buddies += label->buddy();
    for (QWidget* widget : m_dialog->findChildren<QWidget*>()) {
        const bool isControl = qobject_cast<QComboBox*>(widget) || qobject_cast<QAbstractSpinBox*>(widget) ||
                               qobject_cast<QListWidget*>(widget);
        if (isControl && widget->objectName().isEmpty())
            QVERIFY2(buddies.contains(widget) || !widget->accessibleName().isEmpty(),
                     widget->metaObject()->className());
    }
}

void TestFigureDialog::fitsSmallScreens()
{
    QVERIFY2(m_dialog->minimumSizeHint().width() <= 1000 && m_dialog->minimumSizeHint().height() <= 600,
             qPrintable(
                 QString("%1x%2").arg(m_dialog->minimumSizeHint().width()).arg(m_dialog->minimumSizeHint().height())));
}

QTEST_MAIN(TestFigureDialog)

#include "test_figure_dialog.moc"
