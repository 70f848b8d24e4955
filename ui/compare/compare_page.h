// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include <QPointer>
#include <QTimer>
#include <QWidget>

#include "ui/document/live_answer.h"
#include "ui/figures/map_matrix.h"

namespace ocellus {

class Document;
class MatrixView;

/// A page of the window's middle with a table of maps of what the document shows. Hidden it does nothing; when it is
/// shown, it is brought up to date.
class ComparePage : public QWidget {
    Q_OBJECT

public:
    /// `document` and `answer` must outlive the page.
    ComparePage(Document& document, LiveAnswer& answer, QWidget* parent = nullptr);

    /// What is shown, for figures and tables; nothing while there are no maps.
    std::optional<MapMatrix> matrix() const;
    MatrixView* view() const { return m_view; }
    void setTileTextSize(int points); ///< as HeadsPage's

    /// What the document shows has changed since, and the page will follow when it is shown.
    bool isOutOfDate() const { return m_outOfDate; }

    /// Whether the chosen tile, or a pair of them, fills the page.
    virtual bool isEnlarged() const;
    virtual void setEnlarged(bool enlarged);

signals:
    void noteRequested(int classIndex, int head); ///< the user wants to write about a head

protected:
    /// Whether it compares the model's own heads: of a model without any it says so in place of refresh().
    virtual bool needsHeads() const { return true; }
    /// Whether it asks sources of maps itself: what the tiles of another page wait for would hold these up.
    virtual bool asksSources() const { return false; }
    /// "Display shows Grad-CAM", where the model's own heads are not what is shown; else empty.
    QString otherSource() const;
    /// Brings the page up to date; called while it is visible only, once for many changes.
    virtual void refresh() = 0;
    /// Asks for refresh(): soon, or when the page is shown.
    void refreshLater();

    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

    Document& document() const { return m_document; }
    LiveAnswer& answer() const { return m_answer; }

private:
    Document& m_document;
    LiveAnswer& m_answer;
    MatrixView* m_view;
    QTimer m_timer;
    QPointer<LiveAnswer> m_held; ///< a window that goes hides its pages after it has let go of its answer
    bool m_outOfDate = true;
};

} // namespace ocellus
