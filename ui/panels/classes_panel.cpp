// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/classes_panel.h"

#include <algorithm>

#include <QAction>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSignalBlocker>
#include <QToolButton>
#include <QVBoxLayout>

#include "ui/models/class_filter_proxy.h"
#include "ui/models/class_list_model.h"
#include "ui/panels/class_table_view.h"
#include "ui/panels/limit_aside.h"
#include "ui/panels/limit_modes.h"
#include "ui/panels/row_choice.h"
#include "ui/widgets/view_notice.h"
#include "ui/widgets/yielding_text.h"

namespace ocellus {

namespace {

constexpr int TopClasses = 5;
constexpr int LeastRows = 4; ///< of the table, before small print gives way

} // namespace

ClassesPanel::ClassesPanel(ClassListModel* model, QWidget* parent)
    : QWidget(parent),
      m_model(model),
      m_proxy(new ClassFilterProxy(*model, this)),
      m_filter(new QLineEdit),
      m_table(new ClassTableView(*model)),
      m_notice(new ViewNotice(m_table)),
      m_mode(new LimitModes),
      m_hint(new QLabel),
      m_aside(new LimitAside(*model)),
      m_foot(new YieldingText),
      m_namesOffer(buildNamesOffer())
{
    m_filter->setPlaceholderText(tr("Filter classes"));
    m_filter->setAccessibleName(tr("Filter classes"));
    m_filter->setToolTip(tr("Shows classes whose name, Latin name or index contains every word; accents may be left "
                            "out, and a word that occurs nowhere may have one typing error"));
    m_filter->setClearButtonEnabled(true);
    m_filter->installEventFilter(this);
    m_hint->setWordWrap(true);
    m_foot->setForegroundRole(QPalette::PlaceholderText);
    m_table->setMinimumHeight(m_table->horizontalHeader()->sizeHint().height() +
                              LeastRows * m_table->verticalHeader()->defaultSectionSize() + 2 * m_table->frameWidth());
    m_table->setContextMenuPolicy(Qt::ActionsContextMenu);
    m_choice = new RowChoice(m_table, m_proxy, ClassListModel::Name, this);
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(ClassListModel::Rank, Qt::AscendingOrder);
    buildActions();
    setLayout(buildLayout());
    connectModel();
    updateMode();
}

QWidget* ClassesPanel::buildNamesOffer()
{
    auto* offer = new QWidget;
    auto* text = new QLabel(tr("The classes have numbers, because the model's file has no names."));
    text->setWordWrap(true);
    auto* load = new QPushButton(tr("Load names\u2026"));
    load->setToolTip(tr("Choose a file with the names of the model's classes"));
    connect(load, &QPushButton::clicked, this, &ClassesPanel::namesRequested);
    auto* layout = new QHBoxLayout(offer);
    layout->setContentsMargins({});
    layout->addWidget(text, 1);
    layout->addWidget(load);
    offer->hide();
    return offer;
}

QAction* ClassesPanel::makeAction(const QString& text, const QString& toolTip, void (ClassesPanel::*slot)())
{
    auto* action = new QAction(text, this);
    action->setToolTip(toolTip);
    connect(action, &QAction::triggered, this, slot);
    m_actions.append(action);
    m_table->addAction(action);
    return action;
}

void ClassesPanel::buildActions()
{
    m_limitToChecked =
        makeAction(tr("Limit to &checked"), tr("Only the checked classes take part"), &ClassesPanel::limitToChecked);
    m_limitToTop = makeAction(tr("Limit to &top %1").arg(TopClasses),
                              tr("The classes with the highest logits take part"), &ClassesPanel::limitToTop);
    m_limitToSimilar = makeAction(
        tr("Limit to &similar to this one"),
        tr("This class and the %1 whose decoder outputs have the highest cosine with its own").arg(TopClasses - 1),
        &ClassesPanel::limitToSimilar);
    m_limitToTwo =
        makeAction(tr("Limit to only these t&wo"), tr("Select two classes (Ctrl+click) to compare them alone"),
                   &ClassesPanel::limitToSelected);
    m_clear = makeAction(tr("C&lear limit"), tr("All classes take part again and nothing is checked"),
                         &ClassesPanel::clearLimit);
    m_check =
        makeAction(tr("Chec&k or uncheck"), tr("Checks or unchecks the selected classes"), &ClassesPanel::toggleChecks);
    m_check->setShortcut(Qt::Key_Space);
    m_check->setShortcutContext(Qt::WidgetShortcut);
    m_pin = makeAction(tr("&Pin or unpin"), tr("Keeps the selected classes at the top of the list"),
                       &ClassesPanel::togglePins);
    m_pin->setShortcut(Qt::CTRL | Qt::Key_D);
    m_pin->setShortcutContext(Qt::WidgetShortcut);
}

QAbstractItemView* ClassesPanel::list() const
{
    return m_table;
}

void ClassesPanel::addLimits(const QList<QAction*>& actions)
{
    m_limitMenu->addActions(actions);
    m_table->insertActions(m_clear, actions);
    for (QAction* action : actions)
        m_actions.insert(m_actions.indexOf(m_clear), action);
}

void ClassesPanel::addToMenu(const QList<QAction*>& actions)
{
    m_table->addActions(actions);
}

void ClassesPanel::setOffer(const ModelOffer& offer)
{
    m_mode->setOffer(offer);
    m_limitRow->setVisible(offer.hasLogits);
    m_filter->setVisible(offer.hasLogits);
    updateMode();
}

QLayout* ClassesPanel::buildLayout()
{
    m_limitMenu = new QMenu(this);
    m_limitMenu->setToolTipsVisible(true);
    m_limitMenu->addActions({m_limitToChecked, m_limitToTop, m_limitToSimilar, m_limitToTwo});
    auto* limit = new QToolButton;
    limit->setText(tr("Limit"));
    limit->setToolTip(tr("Choose which classes take part"));
    limit->setMenu(m_limitMenu);
    limit->setPopupMode(QToolButton::InstantPopup);
    limit->setFocusPolicy(Qt::StrongFocus);
    auto* clear = new QToolButton;
    clear->setText(tr("Clear"));
    clear->setAccessibleName(tr("Clear limit"));
    clear->setToolTip(m_clear->toolTip());
    clear->setFocusPolicy(Qt::StrongFocus);
    connect(clear, &QToolButton::clicked, m_clear, &QAction::trigger);
    connect(m_clear, &QAction::changed, clear, [this, clear] { clear->setEnabled(m_clear->isEnabled()); });

    m_limitRow = new QWidget;
    auto* row = new QHBoxLayout(m_limitRow);
    row->setContentsMargins({});
    row->addWidget(m_mode, 1);
    row->addWidget(limit);
    row->addWidget(clear);
    auto* layout = new QVBoxLayout;
    layout->addWidget(m_filter);
    layout->addWidget(m_namesOffer);
    layout->addWidget(m_table, 1);
    layout->addWidget(m_foot);
    layout->addWidget(m_aside);
    layout->addWidget(m_limitRow);
    layout->addWidget(m_hint);
    return layout;
}

void ClassesPanel::connectModel()
{
    connect(m_filter, &QLineEdit::textChanged, m_proxy, &ClassFilterProxy::setFilterText);
    connect(m_filter, &QLineEdit::textChanged, this, &ClassesPanel::updateNotice);
    connect(m_notice, &ViewNotice::wayOutRequested, m_filter, [this] {
        m_filter->clear();
        m_table->setFocus(Qt::OtherFocusReason);
    });
    connect(m_choice, &RowChoice::chosen, this, [this](int classIndex) {
        m_aside->setCurrentClass(classIndex, true);
        emit classChosen(classIndex);
    });
    connect(m_table, &ClassTableView::rowActivated, this, [this] {
        if (currentClass() >= 0)
            emit classActivated(currentClass());
    });
    connect(m_aside, &LimitAside::checkRequested, this,
            [this](int classIndex) { limitTo(m_model->active() + QList<int>{classIndex}); });
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &ClassesPanel::updateActions);
    connect(m_model, &ClassListModel::activeChanged, this, &ClassesPanel::report);
    connect(m_model, &ClassListModel::dataChanged, this,
            [this](const QModelIndex&, const QModelIndex&, const QList<int>& roles) {
                if (roles.isEmpty())
                    updateFoot();
                updateActions();
            });
    connect(m_model, &ClassListModel::modelReset, this, &ClassesPanel::updateMode);
    connect(m_mode, &QComboBox::currentIndexChanged, this, &ClassesPanel::report);
}

void ClassesPanel::setCurrentClass(int classIndex)
{
    m_choice->setRow(classIndex);
    m_aside->setCurrentClass(currentClass(), false);
    updateActions();
}

int ClassesPanel::currentClass() const
{
    return m_choice->row();
}

void ClassesPanel::focusFilter()
{
    m_filter->setFocus(Qt::ShortcutFocusReason);
    m_filter->selectAll();
}

bool ClassesPanel::eventFilter(QObject* watched, QEvent* event)
{
    if (watched != m_filter || event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    const int key = static_cast<QKeyEvent*>(event)->key();
    const bool down = key == Qt::Key_Down || key == Qt::Key_Return || key == Qt::Key_Enter;
    if (!down || m_proxy->rowCount() == 0)
        return QWidget::eventFilter(watched, event);
    if (!m_table->currentIndex().isValid())
        m_table->setCurrentIndex(m_proxy->index(0, ClassListModel::Name));
    m_table->setFocus(Qt::OtherFocusReason);
    return true;
}

LimitChoice ClassesPanel::limit() const
{
    return {m_mode->kind(), m_model->active()};
}

void ClassesPanel::setLimit(const LimitChoice& choice)
{
    {
        const QSignalBlocker quiet(m_mode);
        m_mode->setKind(choice.kind);
    }
    m_model->setActive(choice.active);
    m_reported = limit();
    updateMode();
}

void ClassesPanel::report()
{
    updateMode();
    const LimitChoice now = limit();
    if (now == m_reported)
        return;
    m_reported = now;
    emit limitChanged(now);
}

void ClassesPanel::limitTo(const QList<int>& classes)
{
    if (classes.isEmpty())
        return;
    m_model->setActive(classes);
    const QSignalBlocker quiet(m_mode);
    if (limit().kind == LimitChoice::Kind::All)
        m_mode->setKind(usualLimit(m_mode->offer()));
    report();
}

void ClassesPanel::limitToChecked()
{
    limitTo(m_model->active());
}

void ClassesPanel::limitToTop()
{
    limitTo(m_model->topClasses(TopClasses));
}

void ClassesPanel::limitToSimilar()
{
    const QList<int> similar = m_model->similarClasses(currentClass(), TopClasses - 1);
    if (!similar.isEmpty())
        limitTo(QList<int>{currentClass()} + similar);
}

void ClassesPanel::limitToSelected()
{
    limitTo(selectedClasses());
}

void ClassesPanel::clearLimit()
{
    setLimit({});
    emit limitChanged(m_reported);
}

void ClassesPanel::toggleChecks()
{
    const QList<int> selected = selectedClasses();
    QList<int> active = m_model->active();
    const bool allChecked = std::all_of(selected.begin(), selected.end(), [&](int c) { return active.contains(c); });
    for (const int classIndex : selected) {
        active.removeOne(classIndex);
        if (!allChecked)
            active.append(classIndex);
    }
    m_model->setActive(active);
    report();
}

void ClassesPanel::togglePins()
{
    QList<int> pinned = m_model->pinned();
    for (const int classIndex : selectedClasses())
        if (!pinned.removeOne(classIndex))
            pinned.append(classIndex);
    m_model->setPinned(pinned);
    emit pinnedChanged(pinned);
}

QList<int> ClassesPanel::selectedClasses() const
{
    QList<int> classes;
    for (const QModelIndex& index : m_table->selectionModel()->selectedRows(ClassListModel::Name))
        classes.append(index.data(ClassListModel::ClassIndexRole).toInt());
    return classes;
}

void ClassesPanel::setRemark(const QString& text)
{
    m_remark = text;
    updateFoot();
}

void ClassesPanel::updateFoot()
{
    m_table->fitColumns();
    QStringList lines;
    if (m_model->sharing() > 0)
        lines << tr(
            "The probabilities share out 100 % among %n class(es): the model knows no \u201cnone of these\u201d.",
            nullptr, m_model->sharing());
    if (m_model->hasChanges(ClassListModel::Change))
        lines << tr("Outlined bar: %1.").arg(m_model->withoutText());
    if (m_model->hasChanges(ClassListModel::EditChange))
        lines << tr("Dotted bar: before the edits.");
    if (!m_remark.isEmpty())
        lines << m_remark;
    m_foot->setText(lines.join(QLatin1Char(' ')));
    m_foot->setVisible(!lines.isEmpty());
    m_namesOffer->setVisible(m_model->rowCount() > 0 && !m_model->hasNames());
    updateNotice();
}

void ClassesPanel::updateNotice()
{
    const bool isHidden = m_proxy->rowCount() == 0 && m_model->rowCount() > 0;
    const bool isFiltered = limit().kind == LimitChoice::Kind::Filter && !m_model->active().isEmpty();
    const QString words = m_filter->text().simplified();
    const QString text = isFiltered ? tr("No checked class has \u201c%1\u201d in its name, Latin name or number.")
                                    : tr("No class has \u201c%1\u201d in its name, Latin name or number.");
    m_notice->setNotice(isHidden ? text.arg(words) : QString(), tr("Clear the &filter"));
}

void ClassesPanel::updateMode()
{
    const LimitChoice choice = limit();
    const bool limiting = choice.kind != LimitChoice::Kind::All;
    m_proxy->setOnlyActive(choice.kind == LimitChoice::Kind::Filter && !choice.active.isEmpty());
    m_hint->setText(limiting && choice.active.isEmpty() ? tr("Check at least one class: nothing is limited yet.")
                                                        : m_mode->meaning());
    m_aside->setLimit(choice);
    updateFoot();
    updateActions();
}

void ClassesPanel::updateActions()
{
    const int selected = static_cast<int>(m_table->selectionModel()->selectedRows().size());
    const bool canLimit = usualLimit(m_mode->offer()) != LimitChoice::Kind::All;
    for (QAction* action : {m_limitToChecked, m_limitToTop, m_limitToSimilar, m_limitToTwo})
        action->setVisible(canLimit);
    for (QAction* action : {m_clear, m_check})
        action->setVisible(m_mode->offer().hasLogits);
    m_limitToChecked->setEnabled(!m_model->active().isEmpty());
    const bool decoded = !m_model->topClasses(1).isEmpty();
    m_limitToTop->setEnabled(decoded);
    m_limitToSimilar->setEnabled(decoded && currentClass() >= 0);
    m_limitToTwo->setEnabled(selected == 2);
    m_clear->setEnabled(limit() != LimitChoice{});
    m_check->setEnabled(selected > 0);
    m_pin->setEnabled(selected > 0);
}

} // namespace ocellus
