"""The operators' door: `teduh up | migrate | explain | enrol | pay | simulate | …`."""
