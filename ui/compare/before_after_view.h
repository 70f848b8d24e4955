// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/compare/compare_page.h"

class QLabel;
class QSplitter;
class QToolButton;

namespace ocellus {

class BeforeAfterPictures;
class LogitChangePlot;

/// What the edits changed: the picture with the chosen head's map, the logits, and every head's map, before, after and
/// as a difference.
class BeforeAfterView : public ComparePage {
    Q_OBJECT

public:
    BeforeAfterView(Document& document, LiveAnswer& answer, QWidget* parent = nullptr);

    BeforeAfterPictures* pictures() const { return m_pictures; }
    LogitChangePlot* logits() const { return m_logits; }
    QString verdictText() const;

protected:
    void refresh() override;

private:
    QToolButton* addButton(const QString& text, const QString& explanation);
    void connectButtons();
    void arrange();

    QLabel* m_verdict;
    QLabel* m_edits;
    QToolButton* m_swipe;
    QToolButton* m_blink;
    QToolButton* m_maps;
    BeforeAfterPictures* m_pictures;
    LogitChangePlot* m_logits;
    QSplitter* m_upper; ///< pictures and logits
};

} // namespace ocellus
