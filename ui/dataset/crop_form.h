// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;
class QProgressBar;
class QPushButton;
class QRadioButton;
class QSpinBox;

namespace ocellus {

class BoxProposals;
class DatasetDocument;

/// Whether a model sees whole pictures or the animal alone, and where its boxes come from.
class CropForm : public QWidget {
    Q_OBJECT

public:
    /// Both must outlive the widget.
    CropForm(DatasetDocument& dataset, BoxProposals& proposals, QWidget* parent = nullptr);

signals:
    void boxFileWanted();
    void drawingWanted(); ///< of boxes, picture by picture

private:
    QWidget* makeProposals();
    void choose();
    void follow();
    void followProposals();

    DatasetDocument& m_dataset;
    BoxProposals& m_proposals;
    QRadioButton* m_whole;
    QRadioButton* m_boxes;
    QSpinBox* m_margin;
    QLabel* m_count;
    QPushButton* m_file;
    QPushButton* m_draw;
    QPushButton* m_propose;
    QPushButton* m_stop;
    QProgressBar* m_progress;
    QLabel* m_proposed;
    QPushButton* m_accept;
    QPushButton* m_reject;
};

} // namespace ocellus
