// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/class_chooser.h"

#include <algorithm>
#include <utility>

#include <QComboBox>
#include <QCompleter>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QMenu>
#include <QToolButton>
#include <QToolTip>

#include "core/analysis/confused_pairs.h"
#include "core/analysis/similarity.h"
#include "ui/compare/exemplars.h"
#include "ui/document/document.h"
#include "ui/document/live_answer.h"
#include "ui/figures/elided_name.h"

namespace ocellus {

namespace {

constexpr int Suggested = 3; ///< classes beside the first

/// The best first, without one.
std::vector<int> rankedOf(const Decoding& decoding, int without)
{
    std::vector<int> ranked;
    for (const int position : decoding.ranking())
        if (const int classIndex = decoding.classes()[static_cast<std::size_t>(position)]; classIndex != without)
            ranked.push_back(classIndex);
    return ranked;
}

} // namespace

ClassChooser::ClassChooser(Document& document, LiveAnswer& answer, QWidget* parent)
    : QWidget(parent),
      m_document(document),
      m_answer(answer),
      m_names(new QComboBox(this)),
      m_remove(new QToolButton(this)),
      m_predicted(new QToolButton(this)),
      m_reading(this)
{
    m_names->setEditable(true);
    m_names->setInsertPolicy(QComboBox::NoInsert);
    m_names->completer()->setCompletionMode(QCompleter::PopupCompletion);
    m_names->completer()->setFilterMode(Qt::MatchContains);
    m_names->lineEdit()->setPlaceholderText(tr("Add a class"));
    m_names->setAccessibleName(tr("Class to add to the comparison"));
    m_names->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_names->setMinimumContentsLength(14);
    m_remove->setText(tr("&Remove"));
    m_remove->setToolTip(tr("Takes the chosen row's class out of the comparison"));

    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_names, 1);
    layout->addWidget(makeMenu());
    layout->addWidget(m_remove);
    layout->addWidget(m_predicted);
    connect(m_predicted, &QToolButton::clicked, this, &ClassChooser::addPredicted);
    connect(&answer, &LiveAnswer::resultChanged, this, &ClassChooser::offerPrediction);
    connect(this, &ClassChooser::classesChanged, this, &ClassChooser::offerPrediction);
    connect(m_names, &QComboBox::activated, this, &ClassChooser::add);
    connect(m_names->lineEdit(), &QLineEdit::returnPressed, this, &ClassChooser::addTyped);
    connect(m_remove, &QToolButton::clicked, this, &ClassChooser::remove);
    connect(&document, &Document::classNamesChanged, this, &ClassChooser::nameClasses);
    connect(&document, &Document::limitChanged, this, &ClassChooser::nameClasses);
    connect(&document, &Document::modelChanged, this, [this] {
        m_reading.drop();
        m_evaluation.clear();
        nameClasses();
        setClasses({});
    });
    nameClasses();
    updateRemove();
    offerPrediction();
}

/// An edit or a limit can make another class the answer, and the comparison would be without it.
void ClassChooser::offerPrediction()
{
    const std::shared_ptr<const Decoding>& decoding = m_answer.result().decoding;
    const bool isOfModel = m_document.model() && m_answer.result().key.model == m_document.model()->sha256;
    const int best = isOfModel && decoding && decoding->hasLogits() ? bestClass(*decoding) : -1;
    m_offered = m_classes.contains(best) ? -1 : best;
    m_predicted->setVisible(m_offered >= 0 && m_classes.size() >= Least);
    if (m_offered < 0)
        return;
    constexpr int letters = 22;
    const QString name = m_document.classNames().label(m_offered);
    m_predicted->setText(tr("Add %1").arg(
        elidedName(name, letters * fontMetrics().averageCharWidth(), QFontMetricsF(m_predicted->font()))));
    m_predicted->setEnabled(m_classes.size() < Most);
    m_predicted->setAccessibleName(tr("Add %1, which is predicted now").arg(name));
    m_predicted->setToolTip(
        m_predicted->isEnabled()
            ? (m_answer.result().isEdited()
                   ? tr("With its edits the picture is taken for %1, which is not compared yet")
                   : tr("The picture is taken for %1, which is not compared yet"))
                  .arg(name)
            : tr("%1 is predicted now; remove a class first, since %2 are the most").arg(name).arg(Most));
}

void ClassChooser::addPredicted()
{
    if (m_offered >= 0)
        setClasses(m_classes + QList<int>{m_offered});
}

QToolButton* ClassChooser::makeMenu()
{
    auto* menu = new QMenu(this);
    menu->setToolTipsVisible(true);
    m_similar = menu->addAction(tr("Most &similar ones"), this, &ClassChooser::addMostSimilar);
    m_similar->setToolTip(tr("By the decoder's outputs for this picture"));
    m_confused = menu->addAction(tr("Most &confused ones"), this, &ClassChooser::addMostConfused);
    m_confused->setToolTip(tr("By the open pictures' folders and predictions, or by an evaluation"));
    m_ranked = menu->addAction(tr("&Best-ranked ones"), this, &ClassChooser::addBestRanked);
    m_checked = menu->addAction(tr("Those that are chec&ked"), this, &ClassChooser::addChecked);
    m_checked->setToolTip(tr("In the list of classes"));
    menu->addSeparator();
    menu->addAction(tr("Confusions of an &evaluation…"), this, &ClassChooser::evaluationWanted)
        ->setToolTip(tr("The file confused_pairs.csv of \"ocellus-cli evaluate\""));
    connect(menu, &QMenu::aboutToShow, this, &ClassChooser::updateMenu);

    auto* button = new QToolButton(this);
    button->setText(tr("Com&pare with"));
    button->setToolTip(tr("The shown class beside others that it may be taken for"));
    button->setPopupMode(QToolButton::InstantPopup);
    button->setMenu(menu);
    return button;
}

void ClassChooser::nameClasses()
{
    m_names->clear();
    // Maps of those that a limit leaves out would be a zero vector's.
    const std::vector<bool> takesPart = partTaken();
    for (const bool taking : {true, false})
        for (int i = 0; i < m_document.classCount(); ++i)
            if (takesPart[static_cast<std::size_t>(i)] == taking)
                m_names->addItem(taking ? m_document.classNames().label(i)
                                        : tr("%1 (left out by the limit)").arg(m_document.classNames().label(i)),
                                 i);
    m_names->setCurrentIndex(-1);
    m_names->clearEditText();
    offerPrediction();
}

void ClassChooser::setClasses(const QList<int>& classes)
{
    QList<int> valid;
    for (const int classIndex : classes)
        if (classIndex >= 0 && classIndex < m_document.classCount() && !valid.contains(classIndex) &&
            valid.size() < Most)
            valid += classIndex;
    if (valid == m_classes)
        return;
    m_classes = valid;
    updateRemove();
    emit classesChanged();
}

void ClassChooser::fillUp()
{
    const std::shared_ptr<const Decoding>& full = m_answer.result().full;
    if (m_classes.size() >= Least || !full)
        return;
    // Without outputs of queries no two classes are alike: then the one that is ranked best.
    std::vector<int> others;
    if (full->extent().layers > 0)
        others = mostSimilar(*full, first(), std::max(full->extent().classes - 1, 0));
    else
        others = rankedOf(*full, first());
    if (const std::vector<int> best = takingPart(others, 1); !best.empty())
        others = best;
    others.resize(std::min<std::size_t>(others.size(), 1));
    others.insert(others.begin(), m_classes.begin(), m_classes.end());
    compareWith(others);
}

void ClassChooser::setRemovable(int classIndex)
{
    m_removable = classIndex;
    updateRemove();
}

void ClassChooser::loadEvaluation(const std::filesystem::path& path)
{
    m_reading.read<std::vector<ConfusedPair>>(
        Step::Explain, [path, classes = m_document.classCount()] { return readConfusedPairs(path, classes); },
        [this](std::vector<ConfusedPair> pairs) { m_evaluation = std::move(pairs); },
        [this](const Failure& failure) { emit failed(failure); });
}

void ClassChooser::setEvaluation(const std::vector<ConfusedPair>& pairs)
{
    m_reading.drop();
    m_evaluation = pairs;
}

void ClassChooser::add()
{
    const QVariant chosen = m_names->currentData();
    m_names->setCurrentIndex(-1);
    m_names->clearEditText();
    if (chosen.isValid())
        setClasses(m_classes + QList<int>{chosen.toInt()});
}

/// What was typed need not be the whole label: without the index, or as much of the name as no other class has.
void ClassChooser::addTyped()
{
    const QString typed = QString::fromStdString(displayName(m_names->currentText().simplified().toStdString()));
    if (typed.isEmpty() || m_names->findText(typed, Qt::MatchFixedString) >= 0)
        return; // the box itself takes a whole label
    QList<int> found;
    for (int i = 0; i < m_names->count(); ++i) {
        const QString label = m_names->itemText(i);
        if (label.section(QLatin1Char(' '), 1).compare(typed, Qt::CaseInsensitive) == 0) {
            found = {i};
            break;
        }
        if (label.contains(typed, Qt::CaseInsensitive))
            found += i;
    }
    if (found.size() == 1) {
        m_names->setCurrentIndex(found.constFirst());
        add();
        return;
    }
    QToolTip::showText(m_names->mapToGlobal(QPoint(0, m_names->height())),
                       found.isEmpty()
                           ? tr("No class has \u201c%1\u201d in its name.").arg(typed)
                           : tr("%n class(es) have \u201c%1\u201d in their names: type more of it, or choose one.",
                                nullptr, static_cast<int>(found.size()))
                                 .arg(typed),
                       m_names);
}

void ClassChooser::remove()
{
    QList<int> left = m_classes;
    left.removeAll(m_removable);
    setClasses(left);
}

void ClassChooser::addMostSimilar()
{
    if (const std::shared_ptr<const Decoding>& full = m_answer.result().full)
        compareWith(takingPart(mostSimilar(*full, first(), std::max(full->extent().classes - 1, 0)), Suggested));
}

void ClassChooser::addMostConfused()
{
    compareWith(takingPart(mostConfused(confusions(), first(), m_document.classCount()), Suggested));
}

void ClassChooser::addBestRanked()
{
    if (const std::shared_ptr<const Decoding>& full = m_answer.result().full)
        compareWith(takingPart(rankedOf(*full, first()), Suggested));
}

void ClassChooser::addChecked()
{
    const QList<int>& checked = m_document.limit().active;
    compareWith({checked.begin(), checked.end()});
}

void ClassChooser::compareWith(const std::vector<int>& others)
{
    setClasses(QList<int>{first()} + QList<int>(others.begin(), others.end()));
}

std::vector<ConfusedPair> ClassChooser::confusions() const
{
    return m_evaluation.empty() ? confusedPairs(m_document.pictures()) : m_evaluation;
}

/// By class.
std::vector<bool> ClassChooser::partTaken() const
{
    const QuerySet set = m_document.limit().querySet();
    std::vector<bool> takesPart(static_cast<std::size_t>(m_document.classCount()), set.mode == LimitMode::All);
    for (const int classIndex : set.active)
        if (classIndex >= 0 && classIndex < m_document.classCount())
            takesPart[static_cast<std::size_t>(classIndex)] = true;
    return takesPart;
}

/// The first `most` of them that no limit leaves out.
std::vector<int> ClassChooser::takingPart(std::vector<int> classes, std::size_t most) const
{
    const std::vector<bool> takesPart = partTaken();
    std::erase_if(classes, [&](int classIndex) {
        const auto at = static_cast<std::size_t>(classIndex);
        return at >= takesPart.size() || !takesPart[at];
    });
    classes.resize(std::min(classes.size(), most));
    return classes;
}

int ClassChooser::first() const
{
    return m_document.currentClass();
}

void ClassChooser::updateMenu()
{
    const bool hasView = m_answer.result().full != nullptr;
    m_similar->setEnabled(hasView);
    m_ranked->setEnabled(hasView);
    m_checked->setEnabled(!m_document.limit().active.empty());
    m_confused->setEnabled(hasView && !mostConfused(confusions(), first(), 1).empty());
}

void ClassChooser::updateRemove()
{
    m_remove->setEnabled(m_classes.contains(m_removable) && m_classes.size() > Least);
}

} // namespace ocellus
