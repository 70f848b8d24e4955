// SPDX-License-Identifier: GPL-3.0-or-later
#include <string>

#include "core/image/picture_header.h"
#include "core/image/pixel_size.h"
#include "core/image/png_text.h"

namespace ocellus {

PictureHeader readPngHeader(const ByteReader& file)
{
    constexpr std::uint64_t signature = 8;
    constexpr std::uint64_t frame = 12; // length, type and checksum around a chunk's data
    constexpr int maxTexts = 64;        // each may have to be inflated
    PictureHeader header;
    bool hasData = false;
    int texts = 0;
    std::uint64_t at = signature;
    while (!file.matches(at + 4, "IEND")) {
        if (!file.has(at, frame))
            file.cutShort("expected PNG's end chunk, got the end of the file at byte " + std::to_string(file.size()));
        const ByteReader data = file.part(at + 8, file.u32(at), std::endian::big);
        if (at == signature) {
            if (!file.matches(at + 4, "IHDR"))
                file.damaged("expected PNG's header chunk first");
            header.width = data.u32(0);
            header.height = data.u32(4);
        } else if (file.matches(at + 4, "IDAT")) {
            hasData = true;
        } else if (file.matches(at + 4, "eXIf")) {
            header.metadata.addExif(data);
        } else if (file.matches(at + 4, "pHYs")) {
            header.millimetresPerPixel = millimetresPerPixel(data);
        } else if (texts < maxTexts) {
            for (const char* text : {"tEXt", "zTXt", "iTXt", "iCCP"})
                if (file.matches(at + 4, text) && ++texts)
                    addPngText(header.metadata, text, data);
        }
        at += frame + data.size();
    }
    if (!file.has(at, frame))
        file.cutShort("its end chunk is not complete");
    if (!hasData)
        file.damaged("has no image data");
    return header;
}

} // namespace ocellus
