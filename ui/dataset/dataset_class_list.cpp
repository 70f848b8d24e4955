// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dataset/dataset_class_list.h"

#include <algorithm>

#include <QAction>
#include <QHeaderView>
#include <QItemSelectionModel>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMenu>
#include <QSortFilterProxyModel>
#include <QTableView>
#include <QVBoxLayout>

#include "ui/dataset/dataset_class_model.h"
#include "ui/dataset/dataset_document.h"

namespace ocellus {

namespace {

constexpr int mostTargets = 40; ///< in a menu

} // namespace

DatasetClassList::DatasetClassList(DatasetDocument& dataset, QWidget* parent)
    : QWidget(parent),
      m_dataset(dataset),
      m_model(new DatasetClassModel(dataset, this)),
      m_proxy(new QSortFilterProxyModel(this)),
      m_filter(new QLineEdit(this)),
      m_view(new QTableView(this))
{
    m_proxy->setSourceModel(m_model);
    m_proxy->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_proxy->setSortCaseSensitivity(Qt::CaseInsensitive);
    m_proxy->setFilterKeyColumn(DatasetClassModel::Name);
    m_filter->setPlaceholderText(tr("Find a species"));
    m_filter->setAccessibleName(tr("Find a species"));
    m_filter->setClearButtonEnabled(true);
    m_view->setModel(m_proxy);
    m_view->setAccessibleName(tr("Species of the data set"));
    m_view->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_view->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed);
    m_view->setShowGrid(false);
    m_view->setSortingEnabled(true);
    m_view->sortByColumn(DatasetClassModel::Name, Qt::AscendingOrder);
    m_view->setWordWrap(false);
    m_view->setTabKeyNavigation(false);
    m_view->verticalHeader()->hide();
    m_view->verticalHeader()->setDefaultSectionSize(fontMetrics().lineSpacing() + 6);
    m_view->horizontalHeader()->setSectionResizeMode(DatasetClassModel::Name, QHeaderView::Stretch);
    m_view->horizontalHeader()->setMinimumSectionSize(fontMetrics().horizontalAdvance(QStringLiteral("0000")));
    m_view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_view->setAcceptDrops(true);
    m_view->setDragDropMode(QAbstractItemView::DropOnly);
    m_view->setContextMenuPolicy(Qt::CustomContextMenu);
    m_view->installEventFilter(this);
    addActions();
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_filter);
    layout->addWidget(m_view, 1);
    connect(m_filter, &QLineEdit::textChanged, m_proxy, &QSortFilterProxyModel::setFilterFixedString);
    connect(m_view->selectionModel(), &QItemSelectionModel::selectionChanged, this, &DatasetClassList::chosenChanged);
    connect(this, &DatasetClassList::chosenChanged, this, &DatasetClassList::rememberChosen);
    connect(m_view, &QWidget::customContextMenuRequested, this, &DatasetClassList::showMenu);
    connect(m_model, &QAbstractItemModel::modelReset, this, &DatasetClassList::chooseAgain);
    connect(&dataset, &DatasetDocument::replaced, this, [this] { m_chosen.clear(); });
    connect(&dataset, &DatasetDocument::changed, this, &DatasetClassList::rememberChosen);
    connect(&dataset, &DatasetDocument::changed, this, &DatasetClassList::fitColumns);
    fitColumns();
}

void DatasetClassList::rememberChosen()
{
    m_chosen.clear();
    const std::set<std::string> names = chosen();
    const auto& members = m_dataset.state().members;
    for (std::size_t i = 0; i < members.size() && m_chosen.size() < names.size(); ++i)
        if (members[i].takesPart() && names.contains(members[i].className))
            m_chosen.emplace(members[i].className, i);
}

/// A species that was renamed or merged has its pictures under another name now.
void DatasetClassList::chooseAgain()
{
    const DatasetState& state = m_dataset.state();
    std::set<std::string> names;
    for (const auto& [name, picture] : m_chosen)
        names.insert(std::ranges::binary_search(state.classNames, name) ? name : state.members.at(picture).className);
    const bool wasChosen = !m_chosen.empty();
    choose(names);
    if (wasChosen && chosen().empty())
        emit chosenChanged(); // the rows went without a word
}

QAction* DatasetClassList::addAction(const QString& text, const QKeySequence& keys, void (DatasetClassList::*does)())
{
    auto* action = new QAction(text, this);
    action->setShortcut(keys); // told by the menu; the table's filter hears it, since the window has such keys too
    action->setShortcutContext(Qt::WidgetShortcut);
    connect(action, &QAction::triggered, this, does);
    return action;
}

void DatasetClassList::addActions()
{
    m_show = addAction(tr("&Show"), Qt::Key_Return, &DatasetClassList::chosenChanged);
    m_rename = addAction(tr("&Rename"), Qt::Key_F2, &DatasetClassList::renameCurrent);
    m_leaveOut = addAction(tr("&Leave out"), Qt::Key_Delete, &DatasetClassList::leaveOut);
}

QAction* DatasetClassList::actionOf(const QKeyEvent& event) const
{
    for (QAction* action : {m_show, m_rename, m_leaveOut})
        if (action->shortcut() == QKeySequence(event.keyCombination()))
            return action;
    return nullptr;
}

bool DatasetClassList::eventFilter(QObject* watched, QEvent* event)
{
    const bool isAsked = event->type() == QEvent::ShortcutOverride;
    if (watched != m_view || (!isAsked && event->type() != QEvent::KeyPress))
        return QWidget::eventFilter(watched, event);
    QAction* action = actionOf(static_cast<const QKeyEvent&>(*event));
    if (!action || chosen().empty() || !m_view->hasFocus()) // a name that is being written has it
        return QWidget::eventFilter(watched, event);
    event->accept();
    if (!isAsked)
        action->trigger();
    return true;
}

void DatasetClassList::showMenu(QPoint place)
{
    if (chosen().empty())
        return;
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(m_show);
    menu->addAction(m_rename);
    fillTargets(*menu->addMenu(tr("&Merge into")));
    menu->addAction(m_leaveOut);
    menu->popup(m_view->viewport()->mapToGlobal(place));
}

void DatasetClassList::fillTargets(QMenu& menu)
{
    const std::set<std::string> names = chosen();
    int count = 0;
    for (const std::string& name : m_dataset.state().classNames) {
        if (names.size() == 1 && names.contains(name))
            continue;
        if (++count > mostTargets) {
            menu.addAction(tr("Give it the name of another to merge it with others"))->setEnabled(false);
            break;
        }
        std::vector<std::string> from(names.begin(), names.end());
        std::erase(from, name);
        const QString text = QString::fromStdString(name).replace('&', QStringLiteral("&&"));
        connect(menu.addAction(text), &QAction::triggered, this, [this, from = std::move(from), name] {
            m_dataset.apply(MergeClasses{from, name});
        });
    }
    menu.setEnabled(count > 0);
}

void DatasetClassList::renameCurrent()
{
    const QModelIndex current = m_view->currentIndex().siblingAtColumn(DatasetClassModel::Name);
    if (current.isValid())
        m_view->edit(current);
}

void DatasetClassList::leaveOut()
{
    const std::set<std::string> names = chosen();
    std::vector<int> pictures;
    const auto& members = m_dataset.state().members;
    for (std::size_t i = 0; i < members.size(); ++i)
        if (members[i].takesPart() && names.contains(members[i].className))
            pictures.push_back(static_cast<int>(i));
    emit leavingOutWanted(pictures);
}

void DatasetClassList::fitColumns()
{
    std::size_t tests = 0;
    for (const auto& counts : m_dataset.state().counts())
        tests += counts[static_cast<std::size_t>(PictureSplit::Test)];
    m_view->setColumnHidden(DatasetClassModel::Test, tests == 0);
    for (int column = DatasetClassModel::All; column < DatasetClassModel::ColumnCount; ++column)
        m_view->resizeColumnToContents(column);
}

std::set<std::string> DatasetClassList::chosen() const
{
    std::set<std::string> names;
    for (const QModelIndex& index : m_view->selectionModel()->selectedRows())
        names.insert(m_model->nameOf(m_proxy->mapToSource(index).row()));
    return names;
}

void DatasetClassList::choose(const std::set<std::string>& names)
{
    QItemSelection selection;
    QModelIndex first;
    for (int row = 0; row < m_model->rowCount(); ++row) {
        const QModelIndex index = m_proxy->mapFromSource(m_model->index(row, DatasetClassModel::Name));
        if (!index.isValid() || !names.contains(m_model->nameOf(row)))
            continue;
        selection.select(index, index);
        if (!first.isValid())
            first = index;
    }
    m_view->selectionModel()->select(selection, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    if (!first.isValid())
        return;
    m_view->selectionModel()->setCurrentIndex(first, QItemSelectionModel::NoUpdate);
    m_view->scrollTo(first);
}

void DatasetClassList::rename(const std::string& name)
{
    m_filter->clear();
    choose({name});
    if (const QModelIndexList rows = m_view->selectionModel()->selectedRows(); !rows.isEmpty()) {
        m_view->setCurrentIndex(rows.first());
        m_view->setFocus(Qt::OtherFocusReason);
        m_view->edit(rows.first());
    }
}

} // namespace ocellus
