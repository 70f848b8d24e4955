// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <map>
#include <vector>

#include "ui/compare/compare_page.h"
#include "ui/compare/explained_picture.h"
#include "ui/compare/files_watch.h"
#include "ui/engine/batch_run.h"

class QCheckBox;
class QComboBox;
class QToolButton;

namespace ocellus {

/// Open pictures side by side, each with the chosen head's map, zoomed and moved together in parts of their size.
class PictureGrid : public ComparePage {
    Q_OBJECT

public:
    static constexpr int MostPictures = 16;

    PictureGrid(Document& document, LiveAnswer& answer, QWidget* parent = nullptr);

    /// From 1 to MostPictures, in the columns and rows that make them largest.
    void setPictureCount(int count);
    int pictureCount() const { return m_count; }
    /// The list's row of the first picture that is shown.
    int first() const { return m_first; }
    /// All pictures at once, as far as the list goes.
    void step(int pictures);
    /// Shows these beside each other, at most MostPictures; those that leave the list are left out. Until the
    /// next step, or another picture is shown.
    void choose(const std::vector<std::filesystem::path>& pictures);
    const std::vector<std::filesystem::path>& chosen() const { return m_chosen; } ///< empty: as the list goes

protected:
    void refresh() override;

private:
    /// What the kept maps belong to.
    struct Basis {
        QuerySet set;
        int classIndex = -1; ///< -1: each picture's own

        bool operator==(const Basis&) const = default;
    };

    QWidget* makeBar();
    QSize shapeFor(int pictures) const;
    Basis basis() const;
    std::vector<int> shownRows() const;
    void explainMissing(const std::vector<int>& rows);
    void forget();
    bool isUpToDate(const std::filesystem::path& path) const;
    MapMatrix matrixOf(const std::vector<int>& rows) const;
    MatrixCell cellOf(int row) const;
    void updateControls();

    BatchRun m_run;
    int m_count = 8;
    QSize m_size{1, 1}; ///< columns and rows that are shown
    int m_first = 0;
    std::vector<std::filesystem::path> m_chosen;
    Basis m_basis;
    std::map<std::filesystem::path, ExplainedPicture> m_explained;
    FilesWatch m_watch;                                ///< the files of those that are shown
    std::map<std::filesystem::path, EditList> m_asked; ///< a picture that fails is not asked for again
    QComboBox* m_counts;
    QComboBox* m_classes;
    QCheckBox* m_together;
    QToolButton* m_fit;
    QToolButton* m_previous;
    QToolButton* m_next;
};

} // namespace ocellus
