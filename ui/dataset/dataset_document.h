// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <exception>
#include <filesystem>
#include <functional>
#include <optional>
#include <vector>

#include <QObject>
#include <QStringList>

#include "core/base/latest_wins_queue.h"
#include "core/base/progress.h"
#include "core/dataset/dataset_opening.h"
#include "core/dataset/dataset_problems.h"
#include "core/dataset/dataset_state.h"
#include "core/dataset/examination.h"
#include "core/dataset/unclear_table.h"
#include "ui/engine/failure.h"

namespace ocellus {

/// The data set that the window works on: read and examined on a thread of its own, changed by steps that can be
/// undone, and kept in a file. The pages of a user's own species share one.
class DatasetDocument : public QObject {
    Q_OBJECT

public:
    /// What was to be read, and the table whose columns somebody must name first.
    struct Unclear {
        std::vector<std::filesystem::path> sources;
        bool isMore = false; ///< besides what there is
        UnclearTable table;
    };

    /// What goes on in the background. Examining opens every picture, and compares it with every other.
    enum class Work { None, Opening, Examining };

    explicit DatasetDocument(QObject* parent = nullptr);
    ~DatasetDocument() override;

    bool isEmpty() const { return m_dataset.pictures.empty(); }
    const Dataset& dataset() const { return m_dataset; }
    /// With all steps done.
    const DatasetState& state() const { return m_state; }
    /// Without pictures until all of them were opened.
    const Examination& examination() const { return m_examination; }
    const std::vector<DatasetProblem>& problems() const { return m_problems; }
    /// How the sources were read and what was left out, a sentence each.
    const QStringList& notes() const { return m_notes; }
    /// Of its file, or of its first folder or table.
    QString name() const;
    /// Changes with each step, undo, examination and other data set: what was computed for another one is out of date.
    std::uint64_t revision() const { return m_revision; }

    // In the background; what is on its way is stopped by a newer request. Another data set takes the place of what is
    // there only when it could be read: whoever asks looks at isUnsaved() first.
    void openSources(const std::vector<std::filesystem::path>& sources, const TableColumns& columns = {});
    /// Besides what there is: its steps stay.
    void addSources(const std::vector<std::filesystem::path>& sources, const TableColumns& columns = {});
    void openFile(const std::filesystem::path& file);
    /// What was kept of work that no file has: it is unsaved, and has no file.
    void recover(const std::filesystem::path& file);
    /// What was there stays. A data set whose examination is stopped is there, without what only that knows.
    void cancel();
    /// Opens every picture again: after a cancel, or where files have changed.
    void examineAgain();
    Work work() const { return m_work; }

    // Steps; they stop the opening of another data set. What the step itself makes impossible is told by failed(), and
    // nothing has changed.
    bool apply(DatasetStep step);
    bool drawSplit(const SplitRecipe& recipe);
    void undo();
    void redo();
    bool canUndo() const { return !m_dataset.steps.empty(); }
    bool canRedo() const { return !m_undone.empty(); }
    QString undoText() const; ///< the step that undo() takes back, in words
    QString redoText() const;

    // The file.
    const std::filesystem::path& file() const { return m_file; } ///< empty: it was never saved
    /// There are steps of the user's that no file has.
    bool isUnsaved() const { return m_cleanAt != m_dataset.steps.size(); }
    /// At once. False after failed(); the earlier file then stays.
    bool save(const std::filesystem::path& file);
    /// Writes it elsewhere, as it is now, and stays what it is: for a run that trains on it. Throws what
    /// writeDatasetFile throws.
    void writeCopy(const std::filesystem::path& file) const;

signals:
    void replaced();                  ///< another data set is there; changed() follows
    void changed();                   ///< its pictures, its steps or what is known of them
    void workChanged();               ///< work()
    void progressed(double fraction); ///< of the work, 0 to 1
    void fileChanged();               ///< file() or isUnsaved()
    void failed(const ocellus::Failure& failure);
    /// Nothing was read, and what was there stays.
    void columnsAsked(const ocellus::DatasetDocument::Unclear& unclear);

private:
    using Reading = std::function<OpenedDataset(const Progress&)>;

    enum class Kind { Opened, More, Recovered };

    void read(Reading reading, const std::filesystem::path& file, Kind kind);
    std::uint64_t begin(Work work);
    /// On the thread that reads.
    void lookAt(Dataset examined, std::uint64_t run, const std::stop_token& stop);
    Progress progressOf(std::uint64_t run, const std::stop_token& stop);
    void tell(std::uint64_t run, std::function<void()> outcome);
    void tellEnd(std::uint64_t run, const std::exception_ptr& failure);
    /// Where only the names of columns were missing.
    bool asksForColumns(const std::exception_ptr& failure);
    void take(OpenedDataset opened, const std::filesystem::path& file, Kind kind);
    void takeExamination(const Dataset& examined, Examination examination);
    void tellOfLocked(const SkippedFiles& skipped);
    void divideAtFirst();
    void keepWhatIsThere();
    void follow();
    bool attempt(const std::function<void()>& change);

    Dataset m_dataset;
    DatasetState m_state;
    Examination m_examination;
    std::vector<DatasetProblem> m_problems;
    QStringList m_notes;
    std::filesystem::path m_file;
    std::vector<DatasetStep> m_undone;        ///< the last is done again first
    std::optional<std::size_t> m_cleanAt = 0; ///< steps that the file has, or that the program decided
    std::uint64_t m_revision = 0;
    Work m_work = Work::None;
    std::vector<std::filesystem::path> m_asked; ///< sources of what is being opened
    bool m_isReplacing = false;                 ///< what is being opened comes in the place of what is there
    std::uint64_t m_run = 0;                    ///< outcomes of earlier ones are dropped
    LatestWinsQueue m_queue;                    // last: it goes first, and waits for what runs
};

} // namespace ocellus
