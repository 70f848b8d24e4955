// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tools/mask_commands.h"

#include <algorithm>
#include <utility>

#include <QKeySequence>

#include "core/base/error.h"
#include "core/edit/mask_combining.h"
#include "core/edit/mask_selection.h"
#include "ui/document/picture_editor.h"
#include "ui/engine/picture_image.h"
#include "ui/figures/edit_text.h"

namespace ocellus {

MaskCommands::MaskCommands(PictureEditor& editor, MaskJob& job, QObject* parent)
    : QObject(parent),
      m_editor(editor),
      m_job(job),
      m_cancel(new QAction(tr("Cancel the mask’s computation"), this))
{
    addAction(MaskCommand::Grow, tr("&Grow mask"), tr("Select also what is near the mask"));
    addAction(MaskCommand::Shrink, tr("&Shrink mask"), tr("Take the mask’s rim away"));
    addAction(MaskCommand::Feather, tr("&Feather mask"), tr("Soften the mask’s edge"));
    addAction(MaskCommand::Invert, tr("In&vert mask"), tr("Select what is not selected, and nothing else"),
              QStringLiteral("Ctrl+I"));
    addAction(MaskCommand::Clear, tr("&Clear mask"), tr("Select nothing"), QStringLiteral("Ctrl+Shift+A"));
    addAction(MaskCommand::Refine, tr("Refi&ne mask by colours"),
              tr("Let the mask follow the outline of what it covers roughly (GrabCut)"));
    addAction(MaskCommand::HeadLooksAt, tr("Select what t&his map shows"),
              tr("Select the cells that hold the chosen share of the shown map"), QStringLiteral("A"));
    addAction(MaskCommand::EraseHeadLooksAt, tr("Erase what this map shows"),
              tr("Fill the same cells from their surroundings, as an edit"));
    m_cancel->setEnabled(false);
    connect(m_cancel, &QAction::triggered, &m_job, &MaskJob::cancel);
    connect(&m_job, &MaskJob::runningChanged, this, &MaskCommands::refresh);
    connect(&m_editor, &PictureEditor::changed, this, &MaskCommands::refresh);
    connect(&m_editor, &PictureEditor::selectedEditChanged, this, &MaskCommands::refresh);
    refresh();
}

void MaskCommands::addAction(MaskCommand command, const QString& text, const QString& toolTip, const QString& keys)
{
    auto* action = new QAction(text, this);
    action->setToolTip(toolTip);
    action->setStatusTip(toolTip);
    action->setShortcut(QKeySequence(keys));
    connect(action, &QAction::triggered, this, [this, command] { run(command); });
    m_actions[command] = action;
}

QList<QAction*> MaskCommands::all() const
{
    QList<QAction*> actions;
    for (const auto& [command, action] : m_actions)
        actions << action;
    return actions;
}

void MaskCommands::setAmounts(const MaskAmounts& amounts)
{
    if (amounts == m_amounts)
        return;
    m_amounts = amounts;
    emit amountsChanged();
}

void MaskCommands::setShown(const Explanation& shown, int head)
{
    m_shown = shown;
    m_head = head;
    refresh();
}

void MaskCommands::refresh()
{
    const bool free = m_editor.canPaint() && !m_job.isRunning();
    const Size size = m_editor.pictureSize();
    const bool isShown = m_shown.picture.size() == QSize(size.width, size.height);
    const bool selected = free && !m_editor.activeMask().empty();
    for (const auto& [command, action] : m_actions)
        action->setEnabled(selected);
    at(MaskCommand::Invert)->setEnabled(free);
    at(MaskCommand::Refine)->setEnabled(selected && isShown);
    for (const MaskCommand command : {MaskCommand::HeadLooksAt, MaskCommand::EraseHeadLooksAt})
        at(command)->setEnabled(free && isShown && !m_shown.isEmpty());
    m_cancel->setEnabled(m_job.isRunning());
}

void MaskCommands::run(MaskCommand command)
{
    const auto picture = m_editor.picture();
    const int edit = m_editor.selectedEdit();
    const Mask before = m_editor.activeMask();
    m_job.start(workOf(command), [this, command, picture, edit, before](const Mask& mask) {
        // Painted on, undone or gone meanwhile: the result belongs to what is no more.
        const bool isSame = m_editor.picture() == picture && m_editor.selectedEdit() == edit && m_editor.canPaint() &&
                            m_editor.activeMask() == before;
        if (isSame)
            take(command, mask);
    });
}

void MaskCommands::take(MaskCommand command, const Mask& mask)
{
    if (command == MaskCommand::EraseHeadLooksAt) {
        Edit edit{{}, mask, Inpaint()};
        edit.name = operationKind(edit.operation).toStdString();
        m_editor.addEdit(edit);
    } else if (mask != m_editor.activeMask()) {
        m_editor.setActiveMask(at(command)->text().remove(QLatin1Char('&')), mask);
    }
}

MaskJob::Work MaskCommands::workOf(MaskCommand command) const
{
    const Mask mask = m_editor.activeMask();
    switch (command) {
    case MaskCommand::Grow: return [mask, radius = m_amounts.radius](const Progress&) { return grownBy(mask, radius); };
    case MaskCommand::Shrink:
        return [mask, radius = m_amounts.radius](const Progress&) { return shrunkBy(mask, radius); };
    case MaskCommand::Feather:
        return [mask, deviation = m_amounts.feather](const Progress&) { return feathered(mask, deviation); };
    case MaskCommand::Invert: return [mask](const Progress&) { return inverted(mask); };
    case MaskCommand::Clear: return [mask](const Progress&) { return Mask(mask.pictureSize()); };
    case MaskCommand::Refine:
        return [mask, image = m_shown.picture](const Progress& progress) {
            return grabCutMask(toPicture(image), mask, 5, progress);
        };
    case MaskCommand::HeadLooksAt:
    case MaskCommand::EraseHeadLooksAt: break;
    }
    return headWork();
}

MaskJob::Work MaskCommands::headWork() const
{
    return [shown = m_shown, head = m_head, share = m_amounts.share](const Progress&) {
        const std::optional<TileMap> found = tileOfHead(shown, head);
        if (!found || found->values.empty())
            throw Error(ErrorCode::BadArgument, "head", "expected one that is shown, got one that has no map");
        return thresholdMask(found->values, shown.geometry, thresholdForShare(found->values, share));
    };
}

} // namespace ocellus
