// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/pictures_panel.h"

#include <algorithm>

#include <QAction>
#include <QActionGroup>
#include <QDragEnterEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QMimeData>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QStackedWidget>
#include <QToolButton>
#include <QUrl>
#include <QVBoxLayout>

#include "ui/models/picture_filter_proxy.h"
#include "ui/models/picture_list_model.h"
#include "ui/panels/picture_delegate.h"
#include "ui/panels/picture_notice.h"
#include "ui/panels/row_choice.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/view_notice.h"

namespace ocellus {

namespace {

QToolButton* makeButton(QWidget* parent, const QString& text, const QString& toolTip)
{
    auto* button = new QToolButton(parent);
    button->setText(text);
    button->setAccessibleName(QString(text).remove('&'));
    button->setToolTip(toolTip);
    button->setFocusPolicy(Qt::StrongFocus);
    button->setToolButtonStyle(Qt::ToolButtonTextOnly);
    return button;
}

QStringList localPaths(const QMimeData& data)
{
    QStringList paths;
    for (const QUrl& url : data.urls())
        if (url.isLocalFile())
            paths << url.toLocalFile();
    return paths;
}

} // namespace

PicturesPanel::PicturesPanel(PictureListModel* model, QWidget* parent)
    : QWidget(parent),
      m_model(model),
      m_proxy(new PictureFilterProxy(this)),
      m_pages(new QStackedWidget)
{
    m_proxy->setSourceModel(model);
    setAcceptDrops(true);
    m_pages->addWidget(buildEmptyPage());
    m_listPage = new QWidget;
    m_pages->addWidget(m_listPage);
    buildControls();
    buildView();
    buildListing();
    connectControls();
    applyListing();
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_pages);

    connect(model, &QAbstractItemModel::modelReset, this, &PicturesPanel::updatePage);
    connect(model, &QAbstractItemModel::rowsInserted, this, &PicturesPanel::updatePage);
    connect(model, &QAbstractItemModel::rowsRemoved, this, &PicturesPanel::updatePage);
    connect(model, &QAbstractItemModel::dataChanged, this,
            [this](const QModelIndex&, const QModelIndex&, const QList<int>& roles) {
                if (roles.isEmpty() || roles.contains(PictureListModel::VerdictRole))
                    updateCounts();
                if (roles.isEmpty() || roles.contains(PictureListModel::DoubtfulRole))
                    updatePageBox();
            });
    updatePage();
}

QWidget* PicturesPanel::buildEmptyPage()
{
    auto* page = new QWidget;
    auto* text = new QLabel(tr("No pictures yet.\nOpen some, or drop files and folders here."));
    text->setAlignment(Qt::AlignCenter);
    text->setWordWrap(true);
    auto* openPictures = new QPushButton(tr("Open &pictures\u2026"));
    openPictures->setToolTip(tr("Choose one or more picture files"));
    auto* openFolder = new QPushButton(tr("Open fol&der\u2026"));
    openFolder->setToolTip(tr("Open every picture of a folder; sub-folders named as classes give the ground truth"));
    connect(openPictures, &QPushButton::clicked, this, &PicturesPanel::openPicturesRequested);
    connect(openFolder, &QPushButton::clicked, this, &PicturesPanel::openFolderRequested);

    auto* layout = new QVBoxLayout(page);
    layout->addStretch();
    layout->addWidget(text);
    layout->addWidget(openPictures, 0, Qt::AlignCenter);
    layout->addWidget(openFolder, 0, Qt::AlignCenter);
    layout->addStretch();
    return page;
}

void PicturesPanel::buildControls()
{
    m_filter = new QLineEdit(m_listPage);
    m_filter->setPlaceholderText(tr("Filter pictures"));
    m_filter->setAccessibleName(tr("Filter pictures"));
    m_filter->setToolTip(tr("Shows pictures whose file, folder or prediction contains every word"));
    m_filter->setClearButtonEnabled(true);
    m_filter->setMinimumWidth(6 * fontMetrics().averageCharWidth());
    m_onlyWrong = makeButton(m_listPage, tr("&Only misclassified"),
                             tr("Shows pictures whose prediction differs from their folder's class"));
    m_onlyWrong->setCheckable(true);
    m_next = makeButton(m_listPage, tr("&Next misclassified"), {});
    m_counts = new ElidedLabel(m_listPage);
    m_counts->setAccessibleName(tr("How many pictures"));
    m_page = new QSpinBox(m_listPage);
    m_page->setPrefix(tr("Page "));
    m_page->setAccessibleName(tr("Page of the file"));
    m_page->setToolTip(tr("Opens another page of the file as a picture of its own"));
    m_page->setKeyboardTracking(false);
    m_page->hide();
}

void PicturesPanel::buildView()
{
    m_view = new QListView(m_listPage);
    m_view->setAccessibleName(tr("Pictures"));
    m_delegate = new PictureDelegate(m_view);
    m_view->setItemDelegate(m_delegate);
    m_view->setWrapping(false);
    m_view->setDragEnabled(true);
    m_view->setDragDropMode(QAbstractItemView::DragOnly);
    m_view->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_view->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_view->viewport()->installEventFilter(this);
    m_notice = new ViewNotice(m_view);
    connect(m_notice, &ViewNotice::wayOutRequested, this, &PicturesPanel::showAll);
    m_choice = new RowChoice(m_view, m_proxy, 0, this);
    auto* remove = new QAction(tr("Remove from list"), m_view);
    remove->setShortcut(QKeySequence::Delete);
    remove->setShortcutContext(Qt::WidgetShortcut);
    connect(remove, &QAction::triggered, this, [this] {
        if (current() >= 0)
            emit removalRequested(current());
    });
    m_view->addAction(remove);
    m_view->setContextMenuPolicy(Qt::ActionsContextMenu);
}

void PicturesPanel::buildListing()
{
    m_strip = new QAction(tr("Pictures as &filmstrip"), this);
    m_strip->setToolTip(tr("Thumbnails side by side, or a list with more words"));
    m_strip->setCheckable(true);
    m_asStrip = makeButton(m_listPage, tr("Filmstrip"), m_strip->toolTip());
    m_strip->setIconText(tr("Filmstrip"));
    m_asStrip->setDefaultAction(m_strip);

    m_orders = new QActionGroup(this);
    const auto add = [this](PictureOrder order, const QString& text) {
        QAction* action = m_orders->addAction(text);
        action->setCheckable(true);
        action->setData(static_cast<int>(order));
    };
    add(PictureOrder::Opened, tr("As &opened"));
    add(PictureOrder::File, tr("By file &name"));
    add(PictureOrder::Folder, tr("By fol&der"));
    add(PictureOrder::Prediction, tr("By &prediction"));
    add(PictureOrder::Confidence, tr("By &confidence, lowest first"));
    m_group = new QAction(tr("&Group by folder"), this);
    m_group->setCheckable(true);
    auto* menu = new QMenu(this);
    menu->addActions(m_orders->actions());
    menu->addSeparator();
    menu->addAction(m_group);
    m_sort = makeButton(m_listPage, tr("Sort"), tr("The order of the pictures"));
    m_sort->setMenu(menu);
    m_sort->setPopupMode(QToolButton::InstantPopup);
}

void PicturesPanel::connectControls()
{
    connect(m_filter, &QLineEdit::textChanged, m_proxy, &PictureFilterProxy::setFilterText);
    connect(m_filter, &QLineEdit::textChanged, this, &PicturesPanel::updateCounts);
    connect(m_onlyWrong, &QToolButton::toggled, m_proxy, &PictureFilterProxy::setOnlyMisclassified);
    connect(m_onlyWrong, &QToolButton::toggled, this, &PicturesPanel::updateCounts);
    connect(m_next, &QToolButton::clicked, this, &PicturesPanel::chooseNextMisclassified);
    connect(m_choice, &RowChoice::chosen, this, &PicturesPanel::pictureChosen);
    connect(m_choice, &RowChoice::chosen, this, &PicturesPanel::updatePageBox);
    connect(m_page, &QSpinBox::valueChanged, this, [this](int number) { emit pageRequested(current(), number); });
    connect(m_strip, &QAction::triggered, this, &PicturesPanel::readListing);
    connect(m_orders, &QActionGroup::triggered, this, &PicturesPanel::readListing);
    connect(m_group, &QAction::triggered, this, &PicturesPanel::readListing);
}

QList<QAction*> PicturesPanel::listingActions() const
{
    return QList<QAction*>{m_strip} + m_orders->actions() + QList<QAction*>{m_group};
}

void PicturesPanel::setListing(const PictureListing& listing)
{
    m_listing = listing;
    applyListing();
}

void PicturesPanel::readListing()
{
    const PictureListing listing{m_strip->isChecked(),
                                 static_cast<PictureOrder>(m_orders->checkedAction()->data().toInt()),
                                 m_group->isChecked()};
    if (listing == m_listing)
        return;
    m_listing = listing;
    applyListing();
    emit listingChanged(m_listing);
}

void PicturesPanel::applyListing()
{
    const bool isStrip = m_listing.isStrip;
    m_strip->setChecked(isStrip);
    for (QAction* action : m_orders->actions())
        action->setChecked(action->data().toInt() == static_cast<int>(m_listing.order));
    m_group->setChecked(m_listing.isGrouped);
    m_proxy->setOrder(m_listing.order);
    m_proxy->setGrouped(m_listing.isGrouped);
    m_delegate->setGrouped(m_listing.isGrouped);
    m_view->setFlow(isStrip ? QListView::LeftToRight : QListView::TopToBottom);
    m_view->setHorizontalScrollBarPolicy(isStrip ? Qt::ScrollBarAlwaysOn : Qt::ScrollBarAlwaysOff);
    m_view->setVerticalScrollBarPolicy(isStrip ? Qt::ScrollBarAlwaysOff : Qt::ScrollBarAsNeeded);
    // In a list the first of a group is higher than the others.
    m_view->setUniformItemSizes(isStrip || !m_listing.isGrouped);
    arrange();
    fitStrip();
    m_choice->scrollToChosen();
}

/// Words above a filmstrip stand in one line.
void PicturesPanel::arrange()
{
    delete m_listPage->layout();
    auto* layout = new QVBoxLayout(m_listPage);
    auto* row = new QHBoxLayout;
    layout->addLayout(row);
    row->addWidget(m_filter, 1);
    if (m_listing.isStrip) {
        for (QWidget* widget : std::initializer_list<QWidget*>{m_onlyWrong, m_next, m_sort})
            row->addWidget(widget);
        row->addWidget(m_counts, 2);
        row->addWidget(m_page);
        if (m_progress)
            row->addWidget(m_progress);
        row->addWidget(m_asStrip);
        layout->addWidget(m_view, 1);
    } else {
        row->addWidget(m_sort);
        row->addWidget(m_asStrip);
        auto* wrong = new QHBoxLayout;
        wrong->addWidget(m_onlyWrong, 1);
        wrong->addWidget(m_next, 1);
        layout->addLayout(wrong);
        layout->addWidget(m_view, 1);
        layout->addWidget(m_page);
        layout->addWidget(m_counts);
        if (m_progress)
            layout->addWidget(m_progress);
    }
    const int least = PictureDelegate::leastStripHeight(m_view->fontMetrics());
    m_view->setMinimumHeight(m_listing.isStrip ? least + m_view->horizontalScrollBar()->sizeHint().height() : 0);
    QWidget::setTabOrder(m_filter, m_onlyWrong);
    QWidget::setTabOrder(m_onlyWrong, m_next);
    QWidget::setTabOrder(m_next, m_sort);
    QWidget::setTabOrder(m_sort, m_asStrip);
    QWidget::setTabOrder(m_asStrip, m_view);
}

/// Thumbnails are as large as the strip is high.
void PicturesPanel::fitStrip()
{
    m_delegate->setStripHeight(m_listing.isStrip ? std::max(m_view->viewport()->height() - 1, 1) : 0);
}

void PicturesPanel::setProgress(QWidget* progress)
{
    m_progress = progress;
    progress->setParent(m_listPage);
    arrange();
}

bool PicturesPanel::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_view->viewport() && event->type() == QEvent::Resize && m_listing.isStrip)
        fitStrip();
    return QWidget::eventFilter(watched, event);
}

QAbstractItemView* PicturesPanel::list() const
{
    return m_view;
}

void PicturesPanel::updatePage()
{
    m_pages->setCurrentIndex(m_model->rowCount() == 0 ? 0 : 1);
    updateCounts();
}

void PicturesPanel::updateCounts()
{
    const int right = m_model->tally().right;
    const int wrong = m_model->tally().wrong;
    QString text = m_proxy->rowCount() == m_model->rowCount()
                       ? tr("%n picture(s)", nullptr, m_model->rowCount())
                       : tr("%1 of %n picture(s)", nullptr, m_model->rowCount()).arg(m_proxy->rowCount());
    if (right + wrong > 0)
        text += tr(", %1 of %2 as their folder says").arg(right).arg(right + wrong);
    m_counts->setText(text);
    if (!m_model->isPredictable())
        m_onlyWrong->setChecked(false);
    for (QToolButton* button : {m_onlyWrong, m_next})
        button->setVisible(m_model->isPredictable());
    m_next->setEnabled(wrong > 0);
    m_next->setToolTip(wrong > 0 ? tr("Goes to the next picture whose prediction differs from its folder's class")
                                 : noneMisclassifiedText(*m_model));
    updateNotice();
}

void PicturesPanel::updateNotice()
{
    const bool isHidden = m_proxy->rowCount() == 0 && m_model->rowCount() > 0;
    m_notice->setNotice(isHidden ? nothingListedText(*m_model, m_filter->text(), m_onlyWrong->isChecked()) : QString(),
                        tr("Show &all of them"));
}

void PicturesPanel::showAll()
{
    m_onlyWrong->setChecked(false);
    m_filter->clear();
    m_view->setFocus(Qt::OtherFocusReason);
}

void PicturesPanel::setCurrent(int row)
{
    m_choice->setRow(row);
    updatePageBox();
}

void PicturesPanel::updatePageBox()
{
    const PictureFacts facts = m_model->facts(current());
    m_page->setVisible(facts.pages > 1);
    const QSignalBlocker quiet(m_page);
    m_page->setRange(1, facts.pages);
    m_page->setSuffix(tr(" of %1").arg(facts.pages));
    m_page->setValue(facts.page);
}

int PicturesPanel::current() const
{
    return m_choice->row();
}

void PicturesPanel::choose(int row)
{
    if (row == current())
        return;
    m_choice->setRow(row);
    updatePageBox();
    emit pictureChosen(row);
}

void PicturesPanel::chooseNextMisclassified()
{
    const int shown = m_proxy->rowCount();
    const QModelIndex here = m_proxy->mapFromSource(m_model->index(current()));
    for (int step = 1; step <= shown; ++step) {
        const QModelIndex next = m_proxy->index((std::max(here.row(), -1) + step) % shown, 0);
        const int row = m_proxy->mapToSource(next).row();
        if (m_model->verdict(row) != PictureListModel::Verdict::Wrong)
            continue;
        choose(row);
        return;
    }
}

void PicturesPanel::chooseNeighbour(int by)
{
    const QModelIndex here = m_proxy->mapFromSource(m_model->index(current()));
    // One that the filter hides has the first or the last as its neighbour.
    const int start = here.isValid() ? here.row() : by > 0 ? -1 : m_proxy->rowCount();
    const QModelIndex next = m_proxy->index(start + by, 0);
    if (next.isValid())
        choose(m_proxy->mapToSource(next).row());
}

void PicturesPanel::dragEnterEvent(QDragEnterEvent* event)
{
    if (!localPaths(*event->mimeData()).isEmpty())
        event->acceptProposedAction();
}

void PicturesPanel::dropEvent(QDropEvent* event)
{
    const QStringList paths = localPaths(*event->mimeData());
    if (paths.isEmpty())
        return;
    event->acceptProposedAction();
    emit pathsDropped(paths);
}

} // namespace ocellus
