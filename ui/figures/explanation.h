// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include <QImage>
#include <QString>
#include <QStringList>

#include "core/analysis/map_image.h"
#include "core/engine/decoding.h"
#include "core/image/geometry.h"
#include "core/model/model_offer.h"

namespace ocellus {

struct MapEvidence;
struct PrototypePatch;
struct PrototypePatches;
struct SourceView;

/// Everything that one class's maps in one picture need to be drawn, on the screen, in a file or by the command line.
struct Explanation {
    QImage picture; ///< Format_RGB32 or RGB888, the original's size, upright
    std::shared_ptr<const Decoding> decoding;
    CellGeometry geometry;
    ReceptiveField field;           ///< of the model, with an extent where it is known
    Size inputSize;                 ///< of the model's input
    double millimetresPerPixel = 0; ///< of its file, in nature, as that says; 0: it does not
    double shrunk = 1;              ///< the file's pixels to one of `picture`
    int classIndex = 0;
    int layer = 0; ///< from 0; shown from 1
    LayerKind layerKind = LayerKind::Decoder;
    MapKind mapKind = MapKind::Head;          ///< of the decoding's maps
    bool isOfOtherModel = false;              ///< its map is, while the decoding is the open model's
    MapSubject subject = MapSubject::Classes; ///< of the maps; never None
    MapStyle style;
    std::optional<Range> lockedRange; ///< held across classes and pictures instead of 0 to the largest value shown
    bool boxes = false;               ///< around what prototypes' maps find, as published; other maps have none
    bool sortByRanking = false;       ///< tiles in the order of rankHeads instead of the heads' own
    bool sortByBlurring = false;      ///< in that of blurRanks, where they are known
    std::vector<int> blurRanks;       ///< of the heads, see BlurredHeads: 1 is missed most; empty where not known
    bool sortByWorth = false;         ///< in that of what heads are worth, as `evidence` tells, where that is known
    bool stale = false;               ///< a newer request runs: what is shown belongs to the one before

    QString pictureName;
    QString className;     ///< with its index, as the class table names it
    QString modelName;     ///< file name
    QString modelHash;     ///< first 12 digits of the SHA-256
    QString limit;         ///< "limited to 3 of 200 (zero)", "filter: 3 of 200 shown", or empty without a limit
    QStringList headNotes; ///< of the class, by head; may be shorter than there are heads
    QString edits;         ///< what was done to the picture, or empty
    QString intervention;  ///< what was taken away from the class's attention, or empty
    QString whyEmpty;      ///< why there is no picture: damaged, or on its way; or empty
    QStringList notices;   ///< "untrained", "TF32", ...: printed on every tile row and figure

    /// What makes the maps in place of the model's own heads, see withSource(); null: these do.
    std::shared_ptr<const SourceView> source;

    /// The training pictures' patches that prototypes are; null where maps are of none.
    std::shared_ptr<const PrototypePatches> patches;

    /// What was found out about the maps, see evidenceOf(); null: nothing.
    std::shared_ptr<const MapEvidence> evidence;

    /// Of the picture without its edits, with a decoding where the model has seen that; null where nothing is edited.
    std::shared_ptr<const Explanation> before;

    bool isEmpty() const { return !decoding; }
    int heads() const { return decoding->extent().heads; }
    QString unit() const; ///< of the maps' values; empty: attention, times uniform
};

/// One tile: a head (from 0), or the mean of the heads where `head` equals the number of heads.
struct TileMap {
    int head = 0;
    bool isMean = false;         ///< or a map of a source that knows no heads
    QString title;               ///< "Head 3", "Prototype 12" or "Mean"; heads count from 1 on the screen
    int blurRank = 0;            ///< of Explanation::blurRanks; 0 where not known
    QString note;                ///< what the user wrote about the class's head, or empty
    std::vector<float> values;   ///< times uniform, or in `unit`, [N]; empty where `words` say why
    QString unit;                ///< "logit"; empty: times uniform
    QString words;               ///< what stands on the tile, where the map alone would be taken for another thing
    Range range;                 ///< the shared one, or the map's own with perMapStretch
    float peak = 0;              ///< largest value, times uniform
    std::optional<float> trough; ///< smallest value of a signed map or a difference; other maps have none
    std::optional<MapSource::Part> part;         ///< of a prototype's map
    std::vector<float> similarities;             ///< of a prototype's map, as the model has them, [N]
    std::optional<Box> box;                      ///< the published one, in picture coordinates
    std::shared_ptr<const PrototypePatch> patch; ///< of a prototype, where it is known
    std::optional<float> peakScore;              ///< largest score before the softmax; a mean has none
    /// What goes to tokens that are no patches, where a map's sum is below 1; of a mean the heads' mean. A difference
    /// has none.
    std::optional<MapSource::Shares> shares;
};

/// What `shown` looks like without its edits, in its class, layer and style: nothing where nothing is edited, and the
/// picture alone where the model has not seen it so, under the same limit and intervention.
std::optional<Explanation> beforeOf(const Explanation& shown);

/// The tiles in the order in which they are shown, the mean last. With one shared range unless perMapStretch is on.
std::vector<TileMap> tileMaps(const Explanation& explanation);

/// Of any branch of a tree, by its prototype, in the range of the tiles; its title says whether it is off the picture's
/// way. None without a tree or such a branch.
std::optional<TileMap> tileOfBranch(const Explanation& explanation, int prototype);

/// The tile of that head, or where there is none the last one; none without tiles.
std::optional<TileMap> tileOfHead(const Explanation& explanation, int head);

} // namespace ocellus
