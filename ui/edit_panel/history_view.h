// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QListView>

namespace ocellus {

class HistoryModel;
class InterventionSteps;
class PictureEditor;

/// All steps of the current picture, those of its attention by hand among them; the one that is chosen becomes the last
/// one that is done.
class HistoryView : public QListView {
    Q_OBJECT

public:
    /// Both must outlive the view.
    HistoryView(PictureEditor& editor, InterventionSteps& interventions, QWidget* parent = nullptr);

private:
    void follow();

    HistoryModel* m_model;
};

} // namespace ocellus
