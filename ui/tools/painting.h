// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include "core/image/rgb.h"
#include "ui/tools/mask_commands.h"
#include "ui/tools/mask_job.h"
#include "ui/tools/tool_box.h"
#include "ui/tools/tool_overlay.h"

class QMenu;
class QToolBar;

namespace ocellus {

class ImageView;
class PictureEditor;

/// The tools on the large picture, with what they change: masks and pixels that move, one undo step each.
class Painting : public QObject {
    Q_OBJECT

public:
    /// Both must outlive this object.
    Painting(PictureEditor& editor, ImageView& view, QObject* parent = nullptr);

    ToolBox& tools() { return m_tools; }
    MaskCommands& commands() { return m_commands; }

    QList<QAction*> actions() const; ///< all of them
    void fill(QMenu* menu) const;
    /// Of the tools and of what the one in hand can be set to.
    void fill(QToolBar* tools, QToolBar* options);

signals:
    /// With the tool that takes the colour from the picture.
    void colourPicked(ocellus::Rgb colour);
    void failed(const ocellus::Failure& failure);
    /// Why something that was tried is not possible.
    void refused(const QString& why);

private:
    void refresh();
    void takeShown();
    QString refusal() const;
    void carryOut(const MaskGesture& gesture);
    void carryOut(const WandClick& click);
    void carryOut(const PixelMove& move);
    void carryOut(const ColourPick& pick);
    void apply(const MaskGesture& gesture);

    PictureEditor& m_editor;
    ImageView& m_view;
    ToolBox m_tools;
    ToolOverlay m_overlay;
    MaskJob m_job;
    MaskCommands m_commands;
    std::filesystem::path m_picture; // that the running gesture belongs to
    int m_edit = -1;
};

} // namespace ocellus
