// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/compare/compare_page.h"
#include "ui/widgets/picture_pair.h"

class QButtonGroup;
class QLabel;
class QSplitter;
class QToolButton;

namespace ocellus {

class ClassText;
class LogitChangePlot;
class RoomSplitter;
struct RoomSharing;

/// What the edits changed: the picture with the chosen head's map, the logits, and every head's map, before, after and
/// as a difference.
class BeforeAfterView : public ComparePage {
    Q_OBJECT

public:
    BeforeAfterView(Document& document, LiveAnswer& answer, QWidget* parent = nullptr);

    PicturePair* pictures() const { return m_pictures; }
    LogitChangePlot* logits() const { return m_logits; }
    QString verdictText() const;

    /// The pictures alone fill the page, or the chosen tile where the tiles are worked with.
    bool isEnlarged() const override;
    void setEnlarged(bool enlarged) override;

protected:
    bool needsHeads() const override { return false; } // it compares logits and pictures too
    void refresh() override;

private:
    QToolButton* addButton(const QString& text, const QString& explanation);
    void addArrangement(PicturePair::Arrangement arrangement, const QString& text, const QString& explanation);
    void arrange();
    RoomSharing sharing(QSize room, int gap) const;

    ClassText* m_verdict;
    QLabel* m_edits;
    PicturePair* m_pictures;
    QButtonGroup* m_arrangements;
    QToolButton* m_maps;
    QToolButton* m_withLogits;
    LogitChangePlot* m_logits;
    QSplitter* m_upper;    ///< pictures and logits
    RoomSplitter* m_parts; ///< those, and the tiles below
    bool m_alone = false;  ///< nothing but the pictures
};

} // namespace ocellus
