// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QListView>

namespace ocellus {

class HistoryModel;
class PictureEditor;

/// All steps of the current picture; the one that is chosen becomes the last one that is done.
class HistoryView : public QListView {
    Q_OBJECT

public:
    /// `editor` must outlive the view.
    explicit HistoryView(PictureEditor& editor, QWidget* parent = nullptr);

private:
    void follow();

    PictureEditor& m_editor;
    HistoryModel* m_model;
};

} // namespace ocellus
