// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <vector>

#include "ui/compare/compare_page.h"
#include "ui/compare/explained_picture.h"
#include "ui/compare/files_watch.h"
#include "ui/engine/batch_run.h"

class QComboBox;
class QProgressBar;
class QPushButton;
class QSpinBox;

namespace ocellus {

/// The heads of one class over many of its pictures, with a score that says how much each head takes the same from all
/// of them (INTR, Figure 1).
class ConsistencyView : public ComparePage {
    Q_OBJECT

public:
    enum Order { AsListed, OutliersFirst };

    ConsistencyView(Document& document, LiveAnswer& answer, QWidget* parent = nullptr);

    /// Explains pictures of the shown class in the background, in place of those that are shown.
    void start();
    void startByItself();
    bool isRunning() const { return m_run.isRunning(); }
    void setOrder(Order order);

    /// Of the pictures explained so far, in the order of the list.
    const std::vector<ExplainedPicture>& pictures() const { return m_pictures; }

protected:
    void refresh() override;

private:
    QWidget* makeBar();
    void clear();
    void take(const ExplainedPicture& explained);
    void updateControls();
    std::vector<int> candidates() const;
    std::vector<std::size_t> shownOrder(const std::vector<double>& outlyingness) const;
    MatrixRow rowOf(const ExplainedPicture& explained, double outlyingness) const;
    QString invitation() const;

    BatchRun m_run;
    int m_class = -1;   ///< of the pictures; the document's can be another one by now
    Explanation m_like; ///< the document's when they were asked for
    std::vector<ExplainedPicture> m_pictures;
    std::vector<std::filesystem::path> m_listed; ///< as they were asked for, to keep their order
    FilesWatch m_watch;                          ///< their files
    int m_failures = 0;
    QComboBox* m_source;
    bool m_sourceIsChosen = false; ///< by the user
    QSpinBox* m_most;
    QComboBox* m_order;
    QPushButton* m_start;
    QPushButton* m_cancel;
    QProgressBar* m_progress;
};

} // namespace ocellus
