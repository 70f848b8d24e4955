// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/pictures_panel.h"

#include <QAction>
#include <QCheckBox>
#include <QDragEnterEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMimeData>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QStackedWidget>
#include <QUrl>
#include <QVBoxLayout>

#include "ui/models/picture_filter_proxy.h"
#include "ui/models/picture_list_model.h"
#include "ui/panels/picture_delegate.h"
#include "ui/panels/row_choice.h"

namespace ocellus {

namespace {

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
    m_pages->addWidget(buildList());
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
    auto* openFolder = new QPushButton(tr("Open &folder\u2026"));
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

QWidget* PicturesPanel::buildList()
{
    auto* page = new QWidget;
    m_filter = new QLineEdit;
    m_filter->setPlaceholderText(tr("Filter pictures"));
    m_filter->setAccessibleName(tr("Filter pictures"));
    m_filter->setToolTip(tr("Shows pictures whose file, folder or prediction contains every word"));
    m_filter->setClearButtonEnabled(true);
    m_onlyWrong = new QCheckBox(tr("Only &misclassified"));
    m_onlyWrong->setToolTip(tr("Shows pictures whose prediction differs from their folder's class"));
    m_next = new QPushButton(tr("&Next misclassified"));
    m_next->setToolTip(tr("Goes to the next picture whose prediction differs from its folder's class"));
    m_view = new QListView;
    m_view->setAccessibleName(tr("Pictures"));
    m_view->setItemDelegate(new PictureDelegate(m_view));
    m_view->setUniformItemSizes(true);
    m_view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_view->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_counts = new QLabel;
    m_counts->setWordWrap(true);
    m_choice = new RowChoice(m_view, m_proxy, 0, this);
    m_page = new QSpinBox;
    m_page->setPrefix(tr("Page "));
    m_page->setAccessibleName(tr("Page of the file"));
    m_page->setToolTip(tr("Opens another page of the file as a picture of its own"));
    m_page->setKeyboardTracking(false);
    m_page->hide();

    auto* remove = new QAction(tr("Remove from list"), m_view);
    remove->setShortcut(QKeySequence::Delete);
    remove->setShortcutContext(Qt::WidgetShortcut);
    m_view->addAction(remove);
    m_view->setContextMenuPolicy(Qt::ActionsContextMenu);

    connect(m_filter, &QLineEdit::textChanged, m_proxy, &PictureFilterProxy::setFilterText);
    connect(m_filter, &QLineEdit::textChanged, this, &PicturesPanel::updateCounts);
    connect(m_onlyWrong, &QCheckBox::toggled, m_proxy, &PictureFilterProxy::setOnlyMisclassified);
    connect(m_onlyWrong, &QCheckBox::toggled, this, &PicturesPanel::updateCounts);
    connect(m_next, &QPushButton::clicked, this, &PicturesPanel::chooseNextMisclassified);
    connect(m_choice, &RowChoice::chosen, this, &PicturesPanel::pictureChosen);
    connect(m_choice, &RowChoice::chosen, this, &PicturesPanel::updatePageBox);
    connect(m_page, &QSpinBox::valueChanged, this, [this](int number) { emit pageRequested(current(), number); });
    connect(remove, &QAction::triggered, this, [this] {
        if (current() >= 0)
            emit removalRequested(current());
    });

    auto* layout = new QVBoxLayout(page);
    layout->addWidget(m_filter);
    layout->addWidget(m_onlyWrong);
    layout->addWidget(m_view, 1);
    layout->addWidget(m_page);
    layout->addWidget(m_counts);
    layout->addWidget(m_next);
    return page;
}

void PicturesPanel::updatePage()
{
    m_pages->setCurrentIndex(m_model->rowCount() == 0 ? 0 : 1);
    updateCounts();
}

void PicturesPanel::updateCounts()
{
    int right = 0;
    int wrong = 0;
    for (int row = 0; row < m_model->rowCount(); ++row) {
        right += m_model->verdict(row) == PictureListModel::Verdict::Correct;
        wrong += m_model->verdict(row) == PictureListModel::Verdict::Wrong;
    }
    QString text = m_proxy->rowCount() == m_model->rowCount()
                       ? tr("%n picture(s)", nullptr, m_model->rowCount())
                       : tr("%1 of %n picture(s)", nullptr, m_model->rowCount()).arg(m_proxy->rowCount());
    if (right + wrong > 0)
        text += tr(", %1 of %2 as their folder says").arg(right).arg(right + wrong);
    m_counts->setText(text);
    m_next->setEnabled(wrong > 0);
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

void PicturesPanel::chooseNextMisclassified()
{
    int row = current();
    for (int tries = 0; tries < m_model->rowCount(); ++tries) {
        row = m_model->nextMisclassified(row);
        if (row < 0)
            return;
        if (!m_proxy->mapFromSource(m_model->index(row)).isValid())
            continue;
        if (row != current()) {
            m_choice->setRow(row);
            emit pictureChosen(row);
        }
        return;
    }
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
