// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dataset/picture_section.h"

#include <algorithm>
#include <functional>
#include <utility>

#include <QDropEvent>
#include <QItemSelectionModel>
#include <QLabel>
#include <QListView>
#include <QMimeData>
#include <QVBoxLayout>

#include "ui/dataset/dataset_document.h"
#include "ui/dataset/picture_section_model.h"
#include "ui/dataset/section_delegate.h"

namespace ocellus {

namespace {

/// Takes what is dragged from another section.
class SectionView : public QListView {
public:
    SectionView(std::function<void(const QMimeData&)> take, QWidget* parent)
        : QListView(parent),
          m_take(std::move(take))
    {
        setViewMode(QListView::IconMode);
        setMovement(QListView::Snap); // else icons cannot be dragged
        setResizeMode(QListView::Adjust);
        setUniformItemSizes(true);
        setSelectionMode(QAbstractItemView::ExtendedSelection);
        setEditTriggers(QAbstractItemView::NoEditTriggers);
        setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
        setContextMenuPolicy(Qt::CustomContextMenu);
        setDragEnabled(true);
        setAcceptDrops(true);
        setDropIndicatorShown(false);
        setDragDropMode(QAbstractItemView::DragDrop);
        setDefaultDropAction(Qt::CopyAction); // the view itself takes nothing out of its model
    }

protected:
    void dragEnterEvent(QDragEnterEvent* event) override { consider(*event); }
    void dragMoveEvent(QDragMoveEvent* event) override { consider(*event); }
    void dropEvent(QDropEvent* event) override
    {
        if (!takes(*event))
            return;
        event->setDropAction(Qt::CopyAction);
        event->accept();
        m_take(*event->mimeData());
    }

private:
    bool takes(const QDropEvent& event) const
    {
        return event.source() != this && event.mimeData()->hasFormat(datasetPictureDragType());
    }
    void consider(QDropEvent& event) const
    {
        if (takes(event)) {
            event.setDropAction(Qt::CopyAction);
            event.accept();
        } else {
            event.ignore(); // folders are the page's
        }
    }

    std::function<void(const QMimeData&)> m_take;
};

} // namespace

PictureSection::PictureSection(DatasetSection section, const DatasetDocument& dataset, DatasetThumbnails& thumbnails,
                               QWidget* parent)
    : QWidget(parent),
      m_section(section),
      m_model(new PictureSectionModel(dataset, thumbnails, this)),
      m_title(new QLabel(this)),
      m_view(new SectionView(
          [this, &dataset](const QMimeData& data) { emit dropped(draggedDatasetPictures(data, dataset)); }, this))
{
    QFont bold = font();
    bold.setBold(true);
    m_title->setFont(bold);
    m_title->setToolTip(sectionPurpose(section));
    m_view->setModel(m_model);
    m_view->setItemDelegate(new SectionDelegate(m_view));
    m_view->setAccessibleName(tr("Pictures: %1").arg(sectionName(section)));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(2);
    layout->addWidget(m_title);
    layout->addWidget(m_view, 1);
    connect(m_view, &QListView::activated, this,
            [this](const QModelIndex& index) { emit opened(index.data(PictureSectionModel::PictureRole).toInt()); });
    connect(m_view->selectionModel(), &QItemSelectionModel::selectionChanged, this, &PictureSection::chosenChanged);
    setPictures({});
}

void PictureSection::setPictures(std::vector<int> pictures)
{
    const std::vector<int> before = chosen();
    m_title->setText(tr("%1: %n picture(s)", nullptr, static_cast<int>(pictures.size())).arg(sectionName(m_section)));
    m_model->setPictures(std::move(pictures));
    QItemSelection selection;
    for (const int picture : before)
        if (const int row = m_model->rowOf(picture); row >= 0)
            selection.select(m_model->index(row), m_model->index(row));
    m_view->selectionModel()->select(selection, QItemSelectionModel::ClearAndSelect);
}

std::vector<int> PictureSection::chosen() const
{
    std::vector<int> pictures;
    for (const QModelIndex& index : m_view->selectionModel()->selectedIndexes())
        pictures.push_back(m_model->pictures()[static_cast<std::size_t>(index.row())]);
    std::ranges::sort(pictures);
    return pictures;
}

} // namespace ocellus
