// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>

#include <QActionGroup>
#include <QList>
#include <QObject>

#include "core/model/model_offer.h"

class QMenuBar;
class QMenu;
class QToolBar;

namespace ocellus {

/// Everything the user can ask the window for; the heads' keys are apart.
enum class Command {
    OpenCheckpoint,
    OpenPictures,
    OpenFolder,
    WatchFolders,
    OpenSample,
    OpenSession,
    SaveSession,
    SaveSessionAs,
    DiscardedWork,
    LoadClassTable,
    LoadClassFolder,
    ForgetClassTable,
    ExportFigure,
    FigureForPaper,
    ExportPaperFigure,
    ExportArrays,
    ExportMapsCsv,
    ExportLogitsCsv,
    ExportEvidenceCsv,
    Quit,
    Undo,
    Redo,
    CopyFigure,
    DeleteEdit,
    CopyEdits,
    PasteEdits,
    ResetEdits,
    RemovePicture,
    OpenSettings,
    PreviousPicture,
    NextPicture,
    NextMisclassified,
    FollowPrediction,
    LayerUp,
    LayerDown,
    Fit,
    ActualPixels,
    Enlarge,
    SecondView,
    Smooth,
    HideMaps,
    ShowBefore,
    Loupe,
    LockRange,
    StretchEach,
    Contour,
    SortTiles,
    ShowField,
    ShowEvidence,
    FindPatches,
    ShowDisplay,
    FindClass,
    Cancel,
    AskAgain,
    HidePanels,
    FullScreen,
    ResetWorkspace,
    ResetWorkspaces,
    StartTour,
    ShowGlossary,
    ShowKeys,
    ShowAbout
};

/// What there is, and so what can be asked for.
struct Availability {
    bool model = false;
    bool picture = false;
    bool view = false;
    bool busy = false;
    bool stale = false; ///< and nothing is on its way
    bool scores = true; ///< the model has classes, with logits
};

/// The window's actions with their texts and shortcuts, and the menus they are in.
class WindowActions : public QObject {
    Q_OBJECT

public:
    static constexpr int HeadKeys = 9; ///< heads 1 to 9 have a key, and 0 is the mean

    explicit WindowActions(QObject* parent = nullptr);

    QAction* at(Command command) const { return m_actions.at(command); }
    /// What heads are called in their menu.
    void nameMaps(MapKind kind);
    /// Nine heads, then the mean; each action's data() is its position.
    const QActionGroup* heads() const { return m_heads; }
    QList<QAction*> all() const;

    /// `classActions` come into the Classes menu.
    void fill(QMenuBar* bar, const QList<QAction*>& classActions);
    void fill(QToolBar* bar) const;

    QMenu* recentCheckpoints() const { return m_recentCheckpoints; }
    QMenu* recentPictures() const { return m_recentPictures; }
    QMenu* recentSessions() const { return m_recentSessions; }
    QMenu* exports() const { return m_exports; }
    QMenu* panels() const { return m_panels; }
    QMenu* pages() const { return m_pages; }
    QMenu* workspaces() const { return m_workspaces; }

    void setAvailable(const Availability& available, int headCount);
    void setHead(int head, int headCount);

private:
    void addHeads();

    std::map<Command, QAction*> m_actions;
    QActionGroup* m_heads;
    QMenu* m_headMenu = nullptr;
    QMenu* m_recentCheckpoints = nullptr;
    QMenu* m_recentPictures = nullptr;
    QMenu* m_recentSessions = nullptr;
    QMenu* m_exports = nullptr;
    QMenu* m_panels = nullptr;
    QMenu* m_pages = nullptr;
    QMenu* m_workspaces = nullptr;
};

} // namespace ocellus
