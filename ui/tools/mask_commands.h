// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>

#include <QAction>
#include <QList>
#include <QObject>

#include "core/edit/mask.h"
#include "ui/figures/explanation.h"
#include "ui/tools/mask_job.h"

namespace ocellus {

class PictureEditor;

/// What can be done to a mask as a whole.
enum class MaskCommand { Grow, Shrink, Feather, Invert, Clear, Refine, HeadLooksAt, EraseHeadLooksAt };

/// By how much; pixels are the picture's own.
struct MaskAmounts {
    double radius = 5;  ///< of Grow and Shrink, 0 to 1,000 pixels
    double feather = 3; ///< deviation in pixels, 0 to 1,000
    double share = 0.5; ///< of the head's attention that HeadLooksAt selects, 0 to 1

    bool operator==(const MaskAmounts&) const = default;
};

/// The commands on the active mask, as actions: one undo step each, computed in the background.
class MaskCommands : public QObject {
    Q_OBJECT

public:
    /// Both must outlive this object.
    MaskCommands(PictureEditor& editor, MaskJob& job, QObject* parent = nullptr);

    QAction* at(MaskCommand command) const { return m_actions.at(command); }
    QAction* cancel() const { return m_cancel; } ///< enabled while something is computed
    QList<QAction*> all() const;                 ///< in the order in which they are shown, without cancel()

    const MaskAmounts& amounts() const { return m_amounts; }
    void setAmounts(const MaskAmounts& amounts);

    /// What is shown: its pixels are what Refine looks at, its map of `head` (as TileMap::head) what HeadLooksAt takes.
    void setShown(const Explanation& shown, int head);

signals:
    void amountsChanged();

private:
    void addAction(MaskCommand command, const QString& text, const QString& toolTip, const QString& keys = {});
    void refresh();
    void run(MaskCommand command);
    void take(MaskCommand command, const Mask& mask);
    MaskJob::Work workOf(MaskCommand command) const;
    MaskJob::Work headWork() const;

    PictureEditor& m_editor;
    MaskJob& m_job;
    std::map<MaskCommand, QAction*> m_actions;
    QAction* m_cancel;
    MaskAmounts m_amounts;
    Explanation m_shown;
    int m_head = 0;
};

} // namespace ocellus
