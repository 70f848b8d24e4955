// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include <QWidget>

#include "core/explain/sanity_run.h"

class QLabel;
class QProgressBar;
class QPushButton;

namespace ocellus {

/// Whether a map is the model's own, or any network's: what a check with random weights came to, and the button that
/// runs it.
class SanityItem : public QWidget {
    Q_OBJECT

public:
    explicit SanityItem(QWidget* parent = nullptr);

    /// `label` as SanitySource's, `map` in words. `pictures` that would be looked at; 0: it cannot run.
    void setContent(const std::optional<SanityReport>& report, const std::string& label, const QString& map,
                    int pictures);
    /// Nothing: it does not run.
    void setRunning(std::optional<double> fraction);
    QString sentence() const; ///< empty where it was not tested

signals:
    void checkRequested();
    void cancelRequested();

private:
    QLabel* m_title;
    QLabel* m_sentence;
    QPushButton* m_check;
    QPushButton* m_cancel;
    QProgressBar* m_progress;
    bool m_isTested = false;
};

} // namespace ocellus
