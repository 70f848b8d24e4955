// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include <QImage>
#include <QWidget>

#include "ui/engine/newest_reading.h"

class QAction;
class QCheckBox;
class QLabel;
class QPushButton;

namespace ocellus {

class BoxCanvas;
class BoxProposals;
class DatasetDocument;

/// One picture of a data set after the other, large, with the box of its animal: one drag draws it, a proposed one is
/// accepted or drawn otherwise.
///
/// Page Up and Page Down: the pictures before and after. Return: accepts what is proposed. Delete: takes the box away.
/// Escape: back.
class CropEditor : public QWidget {
    Q_OBJECT

public:
    /// Both must outlive the widget.
    CropEditor(DatasetDocument& dataset, BoxProposals& proposals, QWidget* parent = nullptr);

    /// Of `pictures` that one first.
    void show(std::vector<int> pictures, int picture);
    int picture() const; ///< -1 before the first
    BoxCanvas* canvas() const { return m_canvas; }

signals:
    void left(); ///< the user is done

private:
    QAction* addKey(const QString& text, const QKeySequence& keys, void (CropEditor::*does)());
    void previous() { go(-1); }
    void next() { go(1); }
    void go(int step);
    void load();
    void follow();
    void take(const PixelBox& box);
    void accept();
    void removeBox();

    using QWidget::show;

    DatasetDocument& m_dataset;
    BoxProposals& m_proposals;
    std::vector<int> m_pictures;
    std::size_t m_at = 0;
    BoxCanvas* m_canvas;
    QLabel* m_title;
    QPushButton* m_accept;
    QPushButton* m_remove;
    QCheckBox* m_goOn;
    NewestReading m_reading; // last: it goes first
};

} // namespace ocellus
